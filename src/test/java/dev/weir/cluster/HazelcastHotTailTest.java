package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.cluster.Member;
import dev.weir.event.Ids;
import dev.weir.log.HotTail;
import dev.weir.log.HotTail.Opened;
import dev.weir.log.HotTail.Slice;
import dev.weir.log.MemoryColdLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Moving from the memory of a lone node to the data grid. */
class HazelcastHotTailTest {

    /** A node that is alone until a test says otherwise. */
    private static final class Node extends HazelcastNode {

        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private volatile boolean alone;
        private volatile Optional<Agreement<Set<Member>>> taken = Optional.empty();

        Node() {
            super("weir-move-test", "127.0.0.1", 25741, 1000);
        }

        @Override
        boolean isAlone() {
            return alone;
        }

        @Override
        public void whenChanged(Runnable listener) {
            listeners.add(listener);
        }

        @Override
        Agreement<Set<Member>> agreement() {
            return taken.orElseGet(super::agreement);
        }

        /** The others have gone on without this node, and it has not heard of it. */
        void isTakenOut() {
            OneMembership membership = new OneMembership();
            Set<Member> both = instance().getCluster().getMembers();
            AtomicReference<Set<Member>> seen = new AtomicReference<>(both);
            Agreement<Set<Member>> agreement = new Agreement<>(
                    "me",
                    membership,
                    seen::get,
                    it -> it.equals(both) ? Set.of("me", "other") : Set.of("me"),
                    new Nobody(),
                    Duration.ofSeconds(10));
            agreement.join();
            membership.join("other", Set.of("me", "other"));
            membership.takeOut(Set.of("me"), "other");
            seen.set(Set.of());
            taken = Optional.of(agreement);
        }

        void comesBack() {
            taken.ifPresent(Agreement::close);
            taken = Optional.empty();
        }

        void reset() {
            listeners.clear();
            alone = true;
        }

        void anotherComes() {
            alone = false;
            listeners.forEach(Runnable::run);
        }
    }

    private record Nobody() implements Agreement.Listener<Set<Member>> {
        @Override
        public void settling(Set<Member> members) {}

        @Override
        public void settled(Set<Member> members) {}

        @Override
        public void takenOut() {}
    }

    private static final Node NODE = new Node();

    private final String room = Ids.next();
    private final MemoryColdLog cold = new MemoryColdLog();

    @BeforeAll
    static void start() {
        NODE.start();
    }

    @AfterAll
    static void stop() {
        NODE.stop();
    }

    private HotTail alone() {
        NODE.reset();
        return new HazelcastHotTail(NODE, cold);
    }

    /** What a node sees that has just joined. */
    private HotTail other() {
        return new HazelcastHotTail(NODE, cold);
    }

    private long append(HotTail hot, long epoch, String... events) {
        return hot.append(room, epoch, List.of(events)).toCompletableFuture().join();
    }

    @Test
    void hands_over_events_numbers_and_readers_when_another_node_comes() {
        HotTail mine = alone();
        long epoch = mine.open(room).epoch();
        append(mine, epoch, "a", "b");
        append(mine, epoch, "c");
        CompletableFuture<Slice> waiting = mine.read(room, epoch, 3, 10).toCompletableFuture();

        NODE.anotherComes();
        HotTail theirs = other();

        assertThat(theirs.open(room)).isEqualTo(new Opened(epoch, 0, 3));
        assertThat(append(theirs, epoch, "d")).isEqualTo(3);
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(new Slice(3, List.of("d")));
        assertThat(append(mine, epoch, "e")).isEqualTo(4);
        assertThat(theirs.read(room, epoch, 0, 10).toCompletableFuture().join())
                .isEqualTo(new Slice(0, List.of("a", "b", "c", "d", "e")));
    }

    @Test
    void of_what_a_node_appends_that_was_taken_out_the_others_see_nothing() {
        alone();
        NODE.anotherComes();
        HotTail mine = other();
        long epoch = mine.open(room).epoch();
        append(mine, epoch, "a");

        NODE.isTakenOut();
        CompletableFuture<Long> late = mine.append(room, epoch, List.of("b")).toCompletableFuture();
        assertThat(late).failsWithin(Duration.ofSeconds(10));
        NODE.comesBack();

        HotTail theirs = other();
        assertThat(theirs.open(room)).isEqualTo(new Opened(epoch, 0, 1));
        assertThat(append(theirs, epoch, "c")).isEqualTo(1);
    }

    @Test
    void keeps_the_numbers_of_a_tail_whose_oldest_events_are_gone() {
        HotTail mine = alone();
        long epoch = mine.open(room).epoch();
        IntStream.range(0, 1500).forEach(i -> append(mine, epoch, "n" + i));

        NODE.anotherComes();
        HotTail theirs = other();

        assertThat(theirs.open(room)).isEqualTo(new Opened(epoch, 500, 1500));
        assertThat(theirs.read(room, epoch, 700, 2).toCompletableFuture().join())
                .isEqualTo(new Slice(700, List.of("n700", "n701")));
        assertThat(theirs.read(room, epoch, 3, 1).toCompletableFuture().join())
                .isEqualTo(new Slice(500, List.of("n500")));
        assertThat(append(theirs, epoch, "more")).isEqualTo(1500);
    }

    @Test
    void a_room_that_was_freed_alone_begins_anew_for_everybody() {
        HotTail mine = alone();
        long epoch = mine.open(room).epoch();
        append(mine, epoch, "a");
        CompletableFuture<Slice> waiting = mine.read(room, epoch, 1, 10).toCompletableFuture();
        mine.release(room, epoch);
        assertThat(waiting).isCompletedExceptionally();

        NODE.anotherComes();

        assertThat(other().open(room)).isEqualTo(new Opened(epoch + 1, 0, 0));
        assertThat(mine.append(room, epoch, List.of("late")).toCompletableFuture())
                .failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void a_shared_room_lives_until_the_last_node_has_left_it() {
        HotTail mine = alone();
        long epoch = mine.open(room).epoch();
        append(mine, epoch, "a");
        NODE.anotherComes();
        await().until(() -> other().open(room).next() == 1);

        mine.release(room, epoch);

        assertThat(other().open(room)).isEqualTo(new Opened(epoch + 1, 0, 0));
    }

    @RepeatedTest(20)
    void loses_and_doubles_nothing_while_it_moves() {
        HotTail mine = alone();
        long epoch = mine.open(room).epoch();
        int writers = 4;
        int each = 100;
        int moveAt = ThreadLocalRandom.current().nextInt(writers * each);
        List<Thread> threads = new ArrayList<>();
        List<Long> numbers = new CopyOnWriteArrayList<>();
        for (int w = 0; w < writers; w++) {
            String name = "w" + w + "-";
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < each; i++) {
                    long number = append(mine, epoch, name + i);
                    numbers.add(number);
                    if (number == moveAt) {
                        NODE.anotherComes();
                    }
                }
            }));
        }
        List<String> read = new ArrayList<>();
        while (read.size() < writers * each) {
            Slice slice =
                    mine.read(room, epoch, read.size(), 7).toCompletableFuture().join();
            assertThat(slice.first()).isEqualTo(read.size());
            read.addAll(slice.events());
        }
        threads.forEach(HazelcastHotTailTest::join);
        assertThat(read).doesNotHaveDuplicates();
        assertThat(numbers).doesNotHaveDuplicates();
        for (int w = 0; w < writers; w++) {
            String name = "w" + w + "-";
            assertThat(read.stream().filter(it -> it.startsWith(name)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(i -> name + i).toList());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
