package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.room.Once.Answer;
import dev.weir.room.Refusal.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnceTest {

    private final Memory store = new Memory();
    private final AtomicInteger done = new AtomicInteger();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Once once = new Once(store, () -> now, Duration.ofSeconds(10));

    private Answer ask(String caller, String key, String request) {
        return once.perform(caller, key, request, () -> "answer " + done.incrementAndGet());
    }

    @Test
    void does_it_once_for_a_key_of_a_caller() {
        assertThat(ask("ada", "k1", "r")).isEqualTo(new Answer("answer 1", false));
        assertThat(ask("ada", "k1", "r")).isEqualTo(new Answer("answer 1", true));

        assertThat(ask("ada", "k2", "r").again()).isFalse();
        assertThat(ask("bob", "k1", "r").again()).isFalse();
        assertThat(done).hasValue(3);
    }

    @Test
    void refuses_a_key_for_another_request() {
        ask("ada", "k1", "r");

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> ask("ada", "k1", "other"));
        assertThat(refusal.code()).isEqualTo(Code.KEY_REUSED);
        assertThat(done).hasValue(1);
    }

    @Test
    void keeps_neither_key_nor_request() {
        ask("ada", "the-key", "the-request");

        assertThat(store.kept.toString()).doesNotContain("the-key").doesNotContain("the-request");
    }

    @Test
    void what_failed_may_be_asked_for_again() {
        assertThatThrownBy(() -> once.perform("ada", "k1", "r", () -> {
                    throw new Refusal(Code.BUSY, "Later.");
                }))
                .isInstanceOf(Refusal.class);

        assertThat(ask("ada", "k1", "r").again()).isFalse();
    }

    @Test
    void those_who_ask_at_once_get_the_same_answer() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Answer>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                running.add(pool.submit(() -> once.perform("ada", "k1", "r", () -> {
                    await(go);
                    return "answer " + done.incrementAndGet();
                })));
            }
            go.countDown();
            for (Future<Answer> future : running) {
                assertThat(future.get().text()).isEqualTo("answer 1");
            }
        }
        assertThat(done).hasValue(1);
    }

    @Test
    void says_so_when_the_first_takes_too_long_and_takes_over_when_it_never_ends() {
        Once impatient = new Once(store, () -> now, Duration.ofMillis(1));
        store.stuck = true;
        impatient.perform("ada", "k1", "r", () -> "lost");
        store.stuck = false;

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> impatient.perform("ada", "k1", "r", () -> "again"));
        assertThat(refusal.code()).isEqualTo(Code.CONFLICT);
        now = now.plus(Once.ABANDONED).plusMillis(1);
        assertThat(impatient.perform("ada", "k1", "r", () -> "again")).isEqualTo(new Answer("again", false));
    }

    @Test
    void remembers_for_a_day_at_least() {
        ask("ada", "k1", "r");
        now = now.plus(Once.REMEMBERED).minusMillis(1);
        assertThat(ask("ada", "k1", "r").again()).isTrue();

        now = now.plus(Duration.ofHours(2));
        assertThat(ask("ada", "k1", "r").again()).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Memory implements OnceStore {

        private record Row(Kept kept, Instant at) {}

        private final Map<String, Row> kept = new HashMap<>();
        private boolean stuck;

        @Override
        public synchronized Optional<Kept> claim(String id, String fingerprint, Instant now, Instant abandonedBefore) {
            Optional<Row> row =
                    Optional.ofNullable(kept.get(id)).filter(it -> !isAbandoned(it, fingerprint, abandonedBefore));
            if (row.isEmpty()) {
                kept.put(id, new Row(new Kept(fingerprint, Optional.empty()), now));
            }
            return row.map(Row::kept);
        }

        private static boolean isAbandoned(Row row, String fingerprint, Instant before) {
            return row.kept().answer().isEmpty()
                    && row.kept().fingerprint().equals(fingerprint)
                    && row.at().isBefore(before);
        }

        @Override
        public synchronized void keep(String id, String answer) {
            if (!stuck) {
                kept.computeIfPresent(
                        id, (key, row) -> new Row(new Kept(row.kept().fingerprint(), Optional.of(answer)), row.at()));
            }
        }

        @Override
        public synchronized void release(String id) {
            kept.remove(id);
        }

        @Override
        public synchronized void forget(Instant before) {
            kept.values().removeIf(it -> it.at().isBefore(before));
        }
    }
}
