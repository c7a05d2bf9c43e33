package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.LifecycleService;
import dev.weir.event.Ids;
import dev.weir.log.HotTail;
import dev.weir.log.HotTail.Opened;
import dev.weir.log.HotTail.Slice;
import dev.weir.log.MemoryColdLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rings of three nodes, and what becomes of them when nodes die. */
class RingTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int ROOMS = 60;

    private final MemoryColdLog cold = new MemoryColdLog();
    private final List<HazelcastNode> nodes =
            IntStream.range(0, 3).mapToObj(it -> node()).toList();
    private final List<HotTail> tails =
            nodes.stream().<HotTail>map(it -> new SharedTails(it, cold)).toList();

    private static HazelcastNode node() {
        return TestNodes.node(Map.of("weir.cluster.port", "25770", "weir.log.capacity", "64"));
    }

    @BeforeEach
    void start() {
        TestNodes.start(Ids.next(), nodes);
    }

    @AfterEach
    void stop() {
        nodes.forEach(HazelcastNode::stop);
    }

    private static long append(HotTail tail, String room, long epoch, String... events) {
        return tail.append(room, epoch, List.of(events)).toCompletableFuture().join();
    }

    @Test
    void what_another_node_appends_is_read_in_order() {
        String room = Ids.next();
        List<Opened> opened = tails.stream().map(it -> it.open(room)).toList();
        long epoch = opened.getFirst().epoch();
        assertThat(opened).extracting(Opened::epoch).containsOnly(epoch);
        CompletableFuture<Slice> waiting = tails.get(2).read(room, epoch, 0, 10).toCompletableFuture();

        append(tails.get(0), room, epoch, "a", "b");
        append(tails.get(1), room, epoch, "c");

        assertThat(waiting).succeedsWithin(SOON);
        assertThat(tails.get(2).read(room, epoch, 0, 10).toCompletableFuture())
                .succeedsWithin(SOON)
                .isEqualTo(new Slice(0, List.of("a", "b", "c")));
    }

    @Test
    void goes_on_with_all_rooms_when_one_node_dies() {
        Map<String, Long> rooms = rooms();

        kill(2);

        rooms.forEach((room, epoch) -> {
            assertThat(tails.get(0).open(room)).isEqualTo(new Opened(epoch, 0, 3));
            assertThat(append(tails.get(1), room, epoch, "d")).isEqualTo(3);
            assertThat(tails.get(0).read(room, epoch, 0, 10).toCompletableFuture())
                    .succeedsWithin(SOON)
                    .isEqualTo(new Slice(0, List.of("a", "b", "c", "d")));
        });
    }

    @Test
    void a_room_that_two_dead_nodes_had_begins_a_new_epoch_and_never_misreads_an_old_number() {
        Map<String, Long> rooms = rooms();
        Map<String, CompletableFuture<Slice>> waiting = new HashMap<>();
        rooms.forEach((room, epoch) ->
                waiting.put(room, tails.get(0).read(room, epoch, 3, 10).toCompletableFuture()));

        kill(1, 2);

        rooms.forEach((room, epoch) -> await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> {
                    Opened now = tails.get(0).open(room);
                    if (now.epoch() == epoch) {
                        assertThat(now).isEqualTo(new Opened(epoch, 0, 3));
                    } else {
                        assertThat(now).isEqualTo(new Opened(epoch + 1, 0, 0));
                        assertThat(waiting.get(room)).isCompletedExceptionally();
                    }
                }));
        assertThat(rooms)
                .anySatisfy((room, epoch) -> assertThat(waiting.get(room)).isCompletedExceptionally());
    }

    @Test
    void so_does_one_that_nobody_else_had_open() {
        Map<String, Long> rooms = rooms(tails.subList(1, 3));

        kill(1, 2);

        List<Opened> now = new ArrayList<>();
        rooms.forEach((room, epoch) -> {
            Opened opened = tails.get(0).open(room);
            assertThat(opened).isIn(new Opened(epoch, 0, 3), new Opened(epoch + 1, 0, 0));
            now.add(opened);
        });
        assertThat(now).contains(new Opened(2, 0, 0));
    }

    @Test
    void says_so_at_once_when_this_node_has_no_data_grid_any_more() {
        String room = Ids.next();
        HotTail tail = tails.getFirst();
        long epoch = tail.open(room).epoch();
        append(tail, room, epoch, "a");
        CompletableFuture<Slice> waiting = tail.read(room, epoch, 1, 10).toCompletableFuture();

        nodes.getFirst().instance().getLifecycleService().terminate();

        assertThat(tail.append(room, epoch, List.of("b")).toCompletableFuture()).failsWithin(SOON);
        assertThat(tail.read(room, epoch, 0, 10).toCompletableFuture()).failsWithin(SOON);
        assertThat(waiting).failsWithin(SOON);
    }

    /** Open on all nodes, each with three events; by their epochs. */
    private Map<String, Long> rooms() {
        return rooms(tails);
    }

    private static Map<String, Long> rooms(List<HotTail> tails) {
        Map<String, Long> rooms = new HashMap<>();
        for (int i = 0; i < ROOMS; i++) {
            String room = Ids.next();
            List<Opened> opened = tails.stream().map(it -> it.open(room)).toList();
            long epoch = opened.getFirst().epoch();
            append(tails.get(i % tails.size()), room, epoch, "a", "b", "c");
            rooms.put(room, epoch);
        }
        return rooms;
    }

    /**
     * At once, so each on a thread of its own; they come back by themselves, as new nodes. Returns when the first has
     * settled that it goes on.
     */
    private void kill(int... numbers) {
        List<HazelcastNode> dying = Arrays.stream(numbers).mapToObj(nodes::get).toList();
        List<String> ids = dying.stream().map(HazelcastNode::id).toList();
        List<LifecycleService> lives =
                dying.stream().map(it -> it.instance().getLifecycleService()).toList();
        CompletableFuture.allOf(lives.stream()
                        .map(it -> CompletableFuture.runAsync(
                                it::terminate, task -> Thread.ofPlatform().start(task)))
                        .toArray(CompletableFuture[]::new))
                .join();
        await().atMost(SOON).until(() -> Collections.disjoint(nodes.getFirst().ids(), ids));
    }
}
