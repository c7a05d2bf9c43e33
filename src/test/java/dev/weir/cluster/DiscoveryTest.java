package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Ids;
import dev.weir.turn.Membership;
import dev.weir.turn.Nodes.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String ours = Ids.next();
    private final String theirs = Ids.next();
    private final List<HazelcastNode> started = new ArrayList<>();
    private final Map<String, Membership> databases = new HashMap<>();

    private HazelcastNode node(Map<String, String> more) {
        Map<String, String> keys = new TreeMap<>(Map.of("weir.cluster.port", "25750", "weir.log.capacity", "64"));
        keys.putAll(more);
        HazelcastNode node = TestNodes.node(keys);
        started.add(node);
        return node;
    }

    private HazelcastNode ofDatabase(String database, String address) {
        HazelcastNode node = node(Map.of("weir.node.address", address));
        node.start(membership(database), () -> database, "1.2");
        return node;
    }

    private Membership membership(String database) {
        return databases.computeIfAbsent(database, it -> new OneMembership());
    }

    @AfterEach
    void stop() {
        started.forEach(HazelcastNode::stop);
    }

    @Test
    void nodes_of_one_database_find_each_other_and_tell_where_they_are() {
        HazelcastNode one = ofDatabase(ours, "http://localhost:8081");
        HazelcastNode two = ofDatabase(ours, "http://localhost:8082");

        await().atMost(SOON).until(() -> one.alive().size() == 2);
        assertThat(one.alive())
                .extracting(Node::id, Node::address, Node::version)
                .containsExactly(
                        tuple(one.id(), "http://localhost:8081", "1.2"),
                        tuple(two.id(), "http://localhost:8082", "1.2"));
        assertThat(one.alive())
                .extracting(Node::place)
                .doesNotHaveDuplicates()
                .allSatisfy(it -> assertThat(it).matches("127\\.0\\.0\\.1:\\d+"));
        assertThat(two.ids()).containsExactly(two.id(), one.id());
        assertThat(one.isAlone()).isFalse();
    }

    @Test
    void nodes_of_two_databases_do_not_meet() {
        HazelcastNode one = ofDatabase(ours, "http://localhost:8081");
        HazelcastNode other = ofDatabase(theirs, "http://localhost:8082");

        assertThat(one.ids()).containsExactly(one.id());
        assertThat(other.ids()).containsExactly(other.id());
    }

    @Test
    void nodes_with_databases_of_their_own_do_not_meet() {
        HazelcastNode one = node(Map.of());
        HazelcastNode other = node(Map.of());
        one.start(Membership.ALONE, () -> ours, "");
        other.start(Membership.ALONE, () -> ours, "");

        assertThat(one.isAlone()).isTrue();
        assertThat(other.isAlone()).isTrue();
    }

    @Test
    void a_node_that_leaves_is_gone_for_the_others() {
        HazelcastNode one = ofDatabase(ours, "");
        AtomicInteger told = new AtomicInteger();
        one.whenChanged(told::incrementAndGet);
        HazelcastNode two = ofDatabase(ours, "");
        await().atMost(SOON).until(() -> told.get() == 1);

        two.stop();

        await().atMost(SOON).until(() -> told.get() == 2);
        assertThat(one.ids()).containsExactly(one.id());
        assertThat(one.isAlone()).isTrue();
    }

    @Test
    void nodes_find_each_other_by_the_name_of_a_service() {
        Map<String, String> kubernetes = Map.of("weir.cluster.kubernetes.service-dns", "localhost");
        HazelcastNode one = node(kubernetes);
        HazelcastNode two = node(kubernetes);
        one.start(membership(ours), () -> ours, "");
        two.start(membership(ours), () -> ours, "");

        await().atMost(SOON).until(() -> one.alive().size() == 2);
    }
}
