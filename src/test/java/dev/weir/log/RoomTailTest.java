package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.log.RoomHandle.Next;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomTailTest {

    private static final String ROOM = "r";

    private final MemoryColdLog cold = new MemoryColdLog();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private RoomLog log(HotTail hot) {
        return new RoomLog(hot, cold, InstantSource.system(), threads, Duration.ZERO);
    }

    private static Event notice(String text) {
        return new Event.Notice("", text);
    }

    private static Event.Message said(String id, String text) {
        return new Event.Message(id, Member.person("ada", "Ada"), text, Optional.empty(), Optional.empty());
    }

    @Test
    void gives_every_reader_every_event_once_while_many_write() throws Exception {
        MemoryHotTail hot = new MemoryHotTail(100_000, cold);
        RoomLog log = log(hot);
        int writers = 4;
        int each = 1500;
        try (RoomHandle room = log.open(ROOM)) {
            Cursor from = room.end();
            List<Future<List<String>>> readers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                readers.add(threads.submit(() -> readUntil(log, from, writers * each)));
            }
            List<Future<?>> writing = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                writing.add(threads.submit(() -> IntStream.range(0, each)
                        .forEach(i -> room.append(List.of(notice(writer + ":" + i)))
                                .toCompletableFuture()
                                .join())));
            }
            for (Future<?> it : writing) {
                it.get();
            }
            List<String> first = readers.get(0).get();
            assertThat(first).hasSize(writers * each).doesNotHaveDuplicates();
            for (int w = 0; w < writers; w++) {
                String mine = w + ":";
                assertThat(first.stream().filter(it -> it.startsWith(mine)))
                        .containsExactlyElementsOf(
                                IntStream.range(0, each).mapToObj(i -> mine + i).toList());
            }
            for (Future<List<String>> reader : readers) {
                assertThat(reader.get()).isEqualTo(first);
            }
        }
    }

    private static List<String> readUntil(RoomLog log, Cursor from, int events) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        var news = new java.util.concurrent.Semaphore(0);
        try (RoomHandle room = log.open(ROOM)) {
            room.listen(news::release);
            Cursor at = from;
            while (seen.size() < events) {
                if (room.next(at, () -> "") instanceof Next.Ready ready) {
                    assertThat(ready.frame().snapshot()).isFalse();
                    ClientView.read(ready.frame().json())
                            .path("events")
                            .forEach(it -> seen.add(it.path("text").asText()));
                    at = ready.frame().after();
                } else {
                    news.acquire();
                }
            }
            assertThat(room.next(at, () -> "")).isInstanceOf(Next.Wait.class);
        }
        return seen;
    }

    @Test
    void gives_a_snapshot_to_a_reader_that_fell_behind_the_window() {
        MemoryHotTail hot = new MemoryHotTail(16, cold);
        try (RoomHandle room = log(hot).open(ROOM)) {
            Cursor slow = room.end();
            Cursor place = append(room, said("m1", "Hello"));
            cold.saveMessage(ROOM, place, InstantSource.system().instant(), said("m1", "Hello"));
            for (int i = 0; i < 40; i++) {
                append(room, notice("n" + i));
            }
            await().until(() -> room.end().seq() == 41);

            Next next = room.next(slow, () -> "{\"id\":\"r\"}");

            Frame frame = ((Next.Ready) next).frame();
            assertThat(frame.snapshot()).isTrue();
            assertThat(frame.after()).isEqualTo(room.end());
            assertThat(ClientView.read(frame.json()).path("room").path("id").asText())
                    .isEqualTo("r");
            ClientView view = new ClientView();
            view.take(frame.json());
            assertThat(view.conversation()).extracting(ClientView.Shown::id).containsExactly("m1");
        }
    }

    @Test
    void goes_on_when_a_listener_fails() {
        try (RoomHandle room = log(new MemoryHotTail(100, cold)).open(ROOM)) {
            AtomicInteger told = new AtomicInteger();
            room.listen(() -> {
                throw new IllegalStateException("This reader is broken.");
            });
            room.listen(told::incrementAndGet);
            Cursor from = room.end();

            append(room, notice("one"));
            await().until(() -> room.end().equals(from.plus(1)));
            append(room, notice("two"));

            await().until(() -> room.end().equals(from.plus(2)));
            await().untilAsserted(() -> assertThat(told).hasValueGreaterThanOrEqualTo(2));
        }
    }

    @Test
    void passes_on_what_it_cannot_read_itself() {
        MemoryHotTail hot = new MemoryHotTail(100, cold);
        try (RoomHandle room = log(hot).open(ROOM)) {
            Cursor from = room.end();
            hot.append(
                    ROOM, from.epoch(), List.of("{\"type\":\"reaction\"}", "{}", "{\"at\":\"\",\"type\":\"delta\"}"));
            append(room, notice("after"));

            await().until(() -> room.end().equals(from.plus(4)));
            assertThat(((Next.Ready) room.next(from, () -> "")).frame().json()).contains("reaction", "after");
        }
    }

    @Test
    void opens_anew_after_the_hot_tail_was_lost() {
        MemoryHotTail hot = new MemoryHotTail(100, cold);
        try (RoomHandle room = log(hot).open(ROOM)) {
            Cursor before = append(room, notice("one"));
            hot.lose(ROOM);
            await().until(() -> room.end().epoch() == before.epoch() + 1);

            assertThat(append(room, notice("two")).epoch()).isEqualTo(before.epoch() + 1);
            await().until(() -> room.next(before, () -> "") instanceof Next.Ready ready
                    && ready.frame().snapshot());
        }
    }

    @Test
    void one_slow_database_does_not_hold_up_those_who_have_a_cursor() {
        try (RoomHandle room = log(new MemoryHotTail(100, cold)).open(ROOM)) {
            Cursor from = room.end();
            var wait = new java.util.concurrent.CountDownLatch(1);
            cold.before = call -> {
                try {
                    wait.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            Future<Next> joining = threads.submit(() -> room.next(Cursor.START, () -> ""));

            append(room, notice("one"));
            await().until(() -> room.next(from, () -> "") instanceof Next.Ready);

            assertThat(joining.isDone()).isFalse();
            wait.countDown();
            await().until(joining::isDone);
        }
    }

    @Test
    void a_frame_ends_near_its_size_and_the_next_goes_on() {
        try (RoomHandle room = log(new MemoryHotTail(1000, cold)).open(ROOM)) {
            Cursor from = room.end();
            for (int i = 0; i < 30; i++) {
                append(room, notice("x".repeat(10_000)));
            }
            await().until(() -> room.end().equals(from.plus(30)));
            int events = 0;
            Cursor at = from;
            while (room.next(at, () -> "") instanceof Next.Ready ready) {
                assertThat(ready.frame().json().length()).isLessThan(70_000);
                events += ClientView.read(ready.frame().json()).path("events").size();
                at = ready.frame().after();
            }
            assertThat(events).isEqualTo(30);
        }
    }

    private static Cursor append(RoomHandle room, Event event) {
        return room.append(List.of(event)).toCompletableFuture().join();
    }
}
