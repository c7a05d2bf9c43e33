package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    void shows_who_joins_the_translations_that_came_after_what_somebody_said() {
        var said =
                new Event.Message("m1", Member.person("ada", "Ada"), "One. Two.", Optional.empty(), Optional.empty());
        try (RoomHandle room = log.open("r")) {
            Cursor place = room.append(List.of(said)).toCompletableFuture().join();
            cold.saveMessage("r", place, Instant.EPOCH, said);
            Cursor end = room.append(List.of(
                            new Event.Variant("", "m1", "fr", 0, 4, "Un.", false),
                            new Event.Variant("", "m1", "fr", 4, 9, " Deux.", false),
                            new Event.Variant("", "unknown", "fr", 0, 9, "?", false)))
                    .toCompletableFuture()
                    .join()
                    .plus(3);
            await().until(() -> room.end().equals(end));

            var next = (RoomHandle.Next.Ready) room.next(Cursor.START, () -> "");
            var events = ClientView.read(next.frame().json()).path("events");
            assertThat(events).hasSize(1);
            assertThat(events.path(0).path("variants").toString())
                    .isEqualTo("{\"fr\":[{\"from\":0,\"to\":9,\"text\":\"Un. Deux.\"}]}");
        }
    }

    @Test
    void tells_who_joins_of_nobody_who_has_done_nothing_for_long_whatever_became_of_their_node() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
        RoomLog log = new RoomLog(hot, cold, now::get, threads, Duration.ZERO);
        Member ada = Member.person("ada", "Ada");
        Member fast = Member.model("fast", "Fast");
        try (RoomHandle room = log.open("r")) {
            Cursor end = room.append(List.of(
                            new Event.Presence(ada, Event.Presence.State.PRESENT),
                            new Event.Presence(fast, Event.Presence.State.GENERATING)))
                    .toCompletableFuture()
                    .join()
                    .plus(2);
            await().until(() -> room.end().equals(end));

            now.updateAndGet(it -> it.plus(Snapshot.PRESENCE).minusSeconds(1));
            assertThat(present(room)).containsExactly("ada", "fast");

            now.updateAndGet(it -> it.plusSeconds(1));
            assertThat(present(room)).containsExactly("fast");
        }
    }

    @Test
    void what_people_said_lately_is_in_the_snapshot_of_a_new_epoch_though_the_database_did_not_have_it() {
        try (RoomHandle room = log.open("r")) {
            var said =
                    new Event.Message("m1", Member.person("ada", "Ada"), "Hello", Optional.empty(), Optional.empty());
            Cursor place = room.appendNow(List.of(said));
            await().until(() -> room.end().equals(place.plus(1)));

            hot.lose("r");

            var next = (RoomHandle.Next.Ready) room.next(place.plus(1), () -> "");
            assertThat(ClientView.read(next.frame().json()).at("/events/0/id").asText())
                    .isEqualTo("m1");
        }
    }

    @Test
    void an_answer_that_a_new_epoch_has_not_been_told_of_has_not_ended() {
        try (RoomHandle room = log.open("r")) {
            var branch = new Event.Branch("b1", Member.model("fast", "Fast"), Optional.empty());
            var started = new Event.TurnStarted("t1", "m1", Member.person("ada", "Ada"), List.of(branch), List.of());
            Cursor place = room.appendNow(List.of(started, new Event.Delta("t1", "b1", "One two")));
            cold.beginAnswers("r", place, Instant.EPOCH, started, "n1");
            await().until(() -> room.end().equals(place.plus(2)));
            hot.lose("r");

            assertThat(room.answer("b1", place.plus(1), 3)).isEqualTo(AnswerPart.NOTHING);

            room.appendNow(List.of(started, new Event.Delta("t1", "b1", "One two three")));
            await().untilAsserted(() ->
                    assertThat(room.answer("b1", place.plus(1), 3).text()).isEqualTo(" two three"));
        }
    }

    private static List<String> present(RoomHandle room) {
        var next = (RoomHandle.Next.Ready) room.next(Cursor.START, () -> "");
        return ClientView.read(next.frame().json())
                .path("events")
                .valueStream()
                .map(it -> it.at("/member/id").asText())
                .toList();
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
