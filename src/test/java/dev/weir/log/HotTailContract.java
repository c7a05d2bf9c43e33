package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Ids;
import dev.weir.log.RoomHandle.Next;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every hot tail must do, whatever it is kept in. Capacity 64. */
public abstract class HotTailContract {

    protected static final int CAPACITY = 64;

    private static final Duration SOON = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String room = Ids.next();
    private final MemoryColdLog cold = new MemoryColdLog();
    private final HotTail hot;

    protected HotTailContract(Function<ColdLog, HotTail> tails) {
        this.hot = tails.apply(cold);
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "{\"n\":" + i + "}").toList();
    }

    private long append(long epoch, List<String> events) {
        return hot.append(room, epoch, events).toCompletableFuture().join();
    }

    private HotTail.Slice read(long epoch, long from, int max) {
        return hot.read(room, epoch, from, max).toCompletableFuture().join();
    }

    @Test
    void begins_empty_and_numbers_from_zero() {
        HotTail.Opened opened = hot.open(room);

        assertThat(opened.first()).isZero();
        assertThat(opened.next()).isZero();
        assertThat(append(opened.epoch(), events(0, 1))).isZero();
        assertThat(append(opened.epoch(), events(1, 4))).isEqualTo(1);
        assertThat(append(opened.epoch(), events(4, 5))).isEqualTo(4);
        assertThat(hot.open(room)).isEqualTo(new HotTail.Opened(opened.epoch(), 0, 5));
        assertThat(read(opened.epoch(), 0, 100)).isEqualTo(new HotTail.Slice(0, events(0, 5)));
        assertThat(read(opened.epoch(), 3, 1)).isEqualTo(new HotTail.Slice(3, events(3, 4)));
    }

    @Test
    void waits_for_the_first_event_to_come() {
        long epoch = hot.open(room).epoch();
        CompletableFuture<HotTail.Slice> reading = hot.read(room, epoch, 0, 100).toCompletableFuture();
        assertThat(reading).isNotDone();

        append(epoch, events(0, 2));

        assertThat(reading).succeedsWithin(SOON).satisfies(it -> {
            assertThat(it.first()).isZero();
            assertThat(it.events()).isNotEmpty();
        });
    }

    @Test
    void skips_what_was_overwritten() {
        long epoch = hot.open(room).epoch();
        append(epoch, events(0, CAPACITY));
        append(epoch, events(CAPACITY, CAPACITY + 10));

        assertThat(hot.open(room)).isEqualTo(new HotTail.Opened(epoch, 10, CAPACITY + 10));
        assertThat(read(epoch, 0, 5)).isEqualTo(new HotTail.Slice(10, events(10, 15)));
    }

    @Test
    void keeps_any_text() {
        long epoch = hot.open(room).epoch();
        List<String> texts = List.of("\u0000\u001f", "\ud83d\ude00", "é\u2028", "x".repeat(300_000));
        append(epoch, texts);

        assertThat(read(epoch, 0, 10).events()).isEqualTo(texts);
    }

    @Test
    void starts_a_new_epoch_after_the_last_release() {
        long epoch = hot.open(room).epoch();
        append(epoch, events(0, 3));
        hot.release(room, epoch + 5);
        assertThat(hot.open(room).epoch()).isEqualTo(epoch);

        hot.release(room, epoch);

        assertThat(hot.open(room)).isEqualTo(new HotTail.Opened(epoch + 1, 0, 0));
    }

    @Test
    void renewed_it_has_nothing_of_what_was_there_and_ends_the_reading() {
        long epoch = hot.open(room).epoch();
        append(epoch, events(0, 3));
        CompletableFuture<HotTail.Slice> reading = hot.read(room, epoch, 3, 100).toCompletableFuture();

        hot.renew(room);
        hot.renew(room);

        assertThat(reading).failsWithin(SOON);
        assertThat(hot.open(room)).isEqualTo(new HotTail.Opened(epoch + 1, 0, 0));
        hot.release(room, epoch);
        assertThat(append(epoch + 1, events(0, 2))).isZero();
        assertThat(read(epoch + 1, 0, 100)).isEqualTo(new HotTail.Slice(0, events(0, 2)));
    }

    @Test
    void keeps_many_writers_apart() {
        long epoch = hot.open(room).epoch();
        List<CompletableFuture<Long>> seqs = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            seqs.add(hot.append(room, epoch, events(i * 10, i * 10 + 4)).toCompletableFuture());
        }
        for (int i = 0; i < 12; i++) {
            assertThat(read(epoch, seqs.get(i).join(), 4).events()).isEqualTo(events(i * 10, i * 10 + 4));
        }
    }

    @Test
    void carries_a_room_from_its_writers_to_its_readers() {
        RoomLog log = new RoomLog(hot, cold, InstantSource.system(), threads, Duration.ZERO);
        try (RoomHandle handle = log.open(room)) {
            Cursor from = handle.end();
            List<String> seen = new ArrayList<>();
            Cursor at = from;
            for (int i = 0; i < 200; i++) {
                log.append(room, List.of(new Event.Notice("", "n" + i)))
                        .toCompletableFuture()
                        .join();
                if (i % 7 == 0) {
                    Cursor end = from.plus(i + 1L);
                    await().atMost(SOON)
                            .pollDelay(Duration.ZERO)
                            .pollInterval(Duration.ofMillis(2))
                            .until(() -> handle.end().equals(end));
                    while (handle.next(at, () -> "") instanceof Next.Ready ready) {
                        ClientView.read(ready.frame().json())
                                .path("events")
                                .forEach(it -> seen.add(it.path("text").asText()));
                        at = ready.frame().after();
                    }
                }
            }
            assertThat(seen)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 197).mapToObj(i -> "n" + i).toList());
            assertThat(((Next.Ready) handle.next(from, () -> "")).frame().snapshot())
                    .isTrue();
        }
        await().atMost(SOON).until(() -> log.openRooms() == 0);
        assertThat(hot.open(room).epoch()).isEqualTo(2);
    }
}
