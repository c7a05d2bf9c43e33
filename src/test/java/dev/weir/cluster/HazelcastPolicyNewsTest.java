package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.pipeline.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class HazelcastPolicyNewsTest {

    @Test
    void tells_every_listener_which_policy_has_changed() {
        HazelcastNode node = new HazelcastNode("weir-news", "127.0.0.1", 25741, 64);
        node.start();
        try {
            List<Optional<Scope>> heard = new CopyOnWriteArrayList<>();
            new HazelcastPolicyNews(node).listen(heard::add);

            new HazelcastPolicyNews(node).tell(Scope.organisation("o"));
            new HazelcastPolicyNews(node).tell(Scope.INSTALLATION);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(heard)
                            .containsExactly(Optional.of(Scope.organisation("o")), Optional.of(Scope.INSTALLATION)));
        } finally {
            node.stop();
        }
    }

    @Test
    void cannot_be_used_before_the_node_is_there() {
        HazelcastPolicyNews news = new HazelcastPolicyNews(new HazelcastNode("weir-news", "127.0.0.1", 25741, 64));

        assertThatThrownBy(() -> news.listen(it -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> news.tell(Scope.INSTALLATION)).isInstanceOf(IllegalStateException.class);
    }
}
