package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.ringbuffer.Ringbuffer;
import dev.weir.event.Ids;
import dev.weir.log.HotTail.Slice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The node that has a ring dies between the reading of an event and the word of a backup that it has it too. */
class FailoverTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final HazelcastNode NODE = new HazelcastNode("weir-failover-test", "127.0.0.1", 25788, 64);

    private final String name = "ring-" + Ids.next();

    @BeforeAll
    static void start() {
        NODE.start();
    }

    @AfterAll
    static void stop() {
        NODE.stop();
    }

    /** Says what the test wants. */
    private static final class Told extends Backups {

        private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
        private volatile UUID owner = UUID.randomUUID();

        Told(HazelcastInstance hazelcast) {
            super(hazelcast);
        }

        @Override
        Optional<UUID> owner(int partition) {
            return Optional.of(owner);
        }

        @Override
        CompletionStage<Void> caughtUp(int partition) {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }

        void answer() {
            await().atMost(SOON).until(() -> !asked.isEmpty());
            asked.remove().complete(null);
        }
    }

    @Test
    void what_the_next_one_does_not_have_is_not_shown_and_comes_where_it_is_repeated() {
        Told backups = new Told(NODE.instance());
        Ring ring =
                new Ring(NODE.instance(), name, 0, new Appends(), backups, Executors.newVirtualThreadPerTaskExecutor());
        Ringbuffer<String> grid = NODE.instance().getRingbuffer(name);
        grid.add(Repeats.tagged("frozen", 1, "one"));
        CompletableFuture<Slice> reading = ring.read(0, 10);
        await().atMost(SOON).until(() -> !backups.asked.isEmpty());

        grid.destroy();
        grid = NODE.instance().getRingbuffer(name);
        grid.add(Repeats.tagged("other", 1, "two"));
        grid.add(Repeats.tagged("frozen", 1, "one"));
        backups.owner = UUID.randomUUID();
        backups.answer();
        backups.answer();

        assertThat(reading).succeedsWithin(SOON).isEqualTo(new Slice(0, List.of("two", "one")));
    }
}
