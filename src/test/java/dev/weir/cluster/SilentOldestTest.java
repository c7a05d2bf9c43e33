package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.weir.event.Ids;
import dev.weir.it.Wires;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The oldest node, which leads the others, falls silent, and they notice one after the other. */
class SilentOldestTest {

    /** The more there are, the less likely it is that the next oldest notices last. */
    private static final int NODES = 6;

    private static final Duration SOON = Duration.ofSeconds(60);

    private final String cluster = Ids.next();
    private final Wires wires = new Wires(NODES);
    private final List<HazelcastInstance> nodes = new ArrayList<>();

    @AfterEach
    void end() {
        nodes.forEach(it -> it.getLifecycleService().terminate());
        wires.close();
    }

    @Test
    void takes_no_other_node_with_it() {
        for (int i = 1; i <= NODES; i++) {
            nodes.add(Hazelcast.newHazelcastInstance(config(i)));
        }
        await().atMost(SOON)
                .until(() -> nodes.stream()
                        .allMatch(it -> it.getCluster().getMembers().size() == NODES));
        Queue<Member> gone = new ConcurrentLinkedQueue<>();
        nodes.stream().skip(1).forEach(it -> it.getCluster().addMembershipListener(new Gone(gone)));
        Member oldest = nodes.getFirst().getCluster().getLocalMember();

        wires.part(1);

        await().atMost(SOON).until(() -> gone.size() >= NODES - 1);
        assertThat(gone).containsOnly(oldest);
        assertThat(nodes.subList(1, NODES))
                .allMatch(it -> it.getCluster().getMembers().size() == NODES - 1);
    }

    private Config config(int node) {
        ClusterSettings settings = TestNodes.settings(TestNodes.patient(wires.settings(node)));
        return GridConfig.of(settings, cluster, settings.discovery(true), "silent-oldest-" + node, "");
    }

    private record Gone(Queue<Member> members) implements MembershipListener {

        @Override
        public void memberAdded(MembershipEvent event) {}

        @Override
        public void memberRemoved(MembershipEvent event) {
            members.add(event.getMember());
        }
    }
}
