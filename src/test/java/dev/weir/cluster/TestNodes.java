package dev.weir.cluster;

import static org.awaitility.Awaitility.await;

import dev.weir.turn.Membership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Nodes of the data grid for tests, by their settings alone. */
final class TestNodes {

    private TestNodes() {}

    static ClusterSettings settings(Map<String, String> keys) {
        return ClusterSettings.read(key -> Optional.ofNullable(keys.get(key)));
    }

    static HazelcastNode node(Map<String, String> keys) {
        return new HazelcastNode(settings(patient(keys)));
    }

    /** These, and the longest patience with nodes that stand still for want of a processor, unless they say otherwise. */
    static Map<String, String> patient(Map<String, String> keys) {
        Map<String, String> all = new TreeMap<>(Map.of("weir.cluster.silence", "PT8S"));
        all.putAll(keys);
        return all;
    }

    /**
     * Starts nodes and waits until each sees all.
     *
     * @param name of the cluster
     */
    static void start(String name, List<HazelcastNode> nodes) {
        Membership membership = new OneMembership();
        nodes.forEach(it -> it.start(membership, () -> name, ""));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> nodes.stream().allMatch(it -> it.ids().size() == nodes.size()));
    }
}
