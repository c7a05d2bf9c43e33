package dev.weir.cluster;

import java.util.Map;
import java.util.Optional;

/** Nodes of the data grid for tests, by their settings alone. */
final class TestNodes {

    private TestNodes() {}

    static ClusterSettings settings(Map<String, String> keys) {
        return ClusterSettings.read(key -> Optional.ofNullable(keys.get(key)));
    }

    static HazelcastNode node(Map<String, String> keys) {
        return new HazelcastNode(settings(keys));
    }
}
