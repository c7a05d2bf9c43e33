package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColdWritesTest {

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ColdWrites writes = new ColdWrites(new MemoryColdLog(), threads, PAUSE);
    private final List<String> written = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private CompletableFuture<?> write(String room, String what) {
        return writes.add(room, it -> written.add(room + what));
    }

    @Test
    void keeps_the_order_of_a_room() {
        List<CompletableFuture<?>> all = IntStream.range(0, 500)
                .<CompletableFuture<?>>mapToObj(i -> write(i % 2 == 0 ? "a" : "b", "" + i))
                .toList();

        all.forEach(CompletableFuture::join);

        assertThat(written.stream().filter(it -> it.startsWith("a")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 250).mapToObj(i -> "a" + 2 * i).toList());
        assertThat(written).hasSize(500);
        assertThat(writes.waiting()).isZero();
        assertThat(writes.pending("a")).isDone();
    }

    @Test
    void makes_a_room_wait_for_what_the_database_does_not_take_and_no_other() {
        AtomicBoolean away = new AtomicBoolean(true);
        CompletableFuture<?> first = writes.add("a", it -> {
            if (away.get()) {
                throw new IllegalStateException("away");
            }
            written.add("first");
        });
        CompletableFuture<?> second = write("a", "second");
        CompletableFuture<?> pending = writes.pending("a");
        write("b", "other").join();

        await().until(() -> !writes.behind().isZero());
        assertThat(written).containsExactly("bother");
        assertThat(second).isNotDone();
        assertThat(pending).isNotDone();
        assertThat(writes.waiting()).isEqualTo(2);

        away.set(false);
        second.join();
        pending.join();
        assertThat(first).isCompleted();
        assertThat(written).containsExactly("bother", "first", "asecond");
        assertThat(writes.behind()).isZero();
    }

    @Test
    void gives_up_at_once_what_has_no_place() {
        CompletableFuture<?> lost = writes.add("gone", it -> {
            throw new NoSuchElementException("There is no such room.");
        });
        CompletableFuture<?> next = write("gone", "next");

        next.join();
        assertThat(lost).isCompletedExceptionally();
        assertThat(writes.waiting()).isZero();
        assertThat(writes.behind()).isZero();
    }

    @Test
    void is_full_at_its_bound() {
        Deque<Runnable> later = new ArrayDeque<>();
        ColdWrites held = new ColdWrites(new MemoryColdLog(), later::add, PAUSE);
        for (int i = 0; i < ColdWrites.MOST; i++) {
            assertThat(held.full()).isFalse();
            held.add("a" + i, it -> {});
        }

        assertThat(held.full()).isTrue();
        later.remove().run();
        assertThat(held.full()).isFalse();
    }
}
