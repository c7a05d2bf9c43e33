package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomLogTest {

    private static final List<Event> NEWS = List.of(new Event.Notice("", "News"));

    private final MemoryColdLog cold = new MemoryColdLog();
    private final MemoryHotTail hot = new MemoryHotTail(100, cold);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RoomLog log = new RoomLog(hot, cold, InstantSource.system(), threads, Duration.ZERO);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void gives_a_room_back_when_nobody_uses_it_and_starts_a_new_epoch_when_it_is_used_again() {
        Cursor first = log.append("r", NEWS).toCompletableFuture().join();
        await().until(() -> log.openRooms() == 0);

        Cursor second = log.append("r", NEWS).toCompletableFuture().join();

        assertThat(first).isEqualTo(new Cursor(1, 0));
        assertThat(second).isEqualTo(new Cursor(2, 0));
    }

    @Test
    void keeps_a_room_open_while_somebody_uses_it() {
        try (RoomHandle mine = log.open("r")) {
            RoomHandle other = log.open("r");
            other.close();
            other.close();
            IntStream.range(0, 20)
                    .forEach(i -> log.append("r", NEWS).toCompletableFuture().join());

            assertThat(log.append("r", NEWS).toCompletableFuture().join()).isEqualTo(new Cursor(1, 20));
            await().until(() -> mine.end().equals(new Cursor(1, 21)));
        }
    }

    @Test
    void gives_the_news_and_no_snapshot_to_a_reader_that_has_seen_more_than_this_node_has_read() {
        CountDownLatch held = new CountDownLatch(1);
        RoomLog late = new RoomLog(
                hot,
                cold,
                InstantSource.system(),
                task -> threads.execute(() -> {
                    awaitUninterruptibly(held);
                    task.run();
                }),
                Duration.ZERO);
        try (RoomHandle room = late.open("r")) {
            Cursor seen = room.append(NEWS).toCompletableFuture().join().plus(1);

            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, threads)
                    .execute(held::countDown);
            var next = room.next(seen, () -> "");

            assertThat(next).isInstanceOf(RoomHandle.Next.Wait.class);
            room.append(NEWS);
            await().untilAsserted(() -> assertThat(room.next(seen, () -> ""))
                    .isInstanceOfSatisfying(
                            RoomHandle.Next.Ready.class,
                            it -> assertThat(it.frame().snapshot()).isFalse()));
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void lets_go_of_a_room_whose_database_or_hot_tail_failed() {
        cold.before = call -> {
            throw new IllegalStateException("The database is away.");
        };
        assertThatThrownBy(() -> log.append("r", NEWS)).hasMessageContaining("away");
        assertThat(log.openRooms()).isZero();
        cold.before = call -> {};

        hot.failAppends(1);
        assertThat(log.append("r", NEWS).toCompletableFuture()).failsWithin(Duration.ofSeconds(5));

        await().until(() -> log.openRooms() == 0);
        assertThat(log.append("r", NEWS).toCompletableFuture().join().epoch()).isEqualTo(2);
    }

    @Test
    void survives_many_who_open_and_close_at_once() throws Exception {
        var work = IntStream.range(0, 8)
                .mapToObj(i -> threads.submit(() -> {
                    for (int k = 0; k < 200; k++) {
                        log.append("r", NEWS).toCompletableFuture().join();
                    }
                }))
                .toList();
        for (var each : work) {
            each.get();
        }

        await().until(() -> log.openRooms() == 0);
    }
}
