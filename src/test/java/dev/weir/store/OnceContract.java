package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Ids;
import dev.weir.room.OnceStore.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every engine must do. */
abstract class OnceContract {

    private static final Instant BEFORE = NOON.minusSeconds(120);

    private final JdbiOnceStore store;
    private final String id = Ids.next();

    OnceContract(Engine engine) {
        store = new JdbiOnceStore(engine.shared());
    }

    private Optional<Kept> claim(Instant now, Instant abandonedBefore) {
        return store.claim(id, "wanted", now, abandonedBefore);
    }

    @Test
    void gives_a_key_to_the_first() {
        assertThat(claim(NOON, BEFORE)).isEmpty();
        assertThat(claim(NOON, BEFORE)).hasValue(new Kept("wanted", Optional.empty()));
    }

    @Test
    void remembers_the_answer() {
        claim(NOON, BEFORE);
        store.keep(id, "done");

        assertThat(claim(NOON, NOON.plusSeconds(1))).hasValue(new Kept("wanted", Optional.of("done")));
        store.release(id);
        assertThat(claim(NOON, BEFORE)).isPresent();
    }

    @Test
    void gives_a_released_key_again() {
        claim(NOON, BEFORE);
        store.release(id);

        assertThat(claim(NOON, BEFORE)).isEmpty();
    }

    @Test
    void gives_an_abandoned_key_to_one_who_wants_the_same() {
        claim(NOON, BEFORE);

        assertThat(store.claim(id, "other", NOON.plusSeconds(200), NOON.plusSeconds(80)))
                .isPresent();
        assertThat(claim(NOON.plusSeconds(200), NOON.plusSeconds(80))).isEmpty();
        assertThat(claim(NOON.plusSeconds(200), NOON.plusSeconds(80))).isPresent();
    }

    @Test
    void forgets_what_is_old() {
        claim(NOON, BEFORE);
        store.forget(NOON);
        assertThat(claim(NOON, BEFORE)).isPresent();

        store.forget(NOON.plusMillis(1));
        assertThat(claim(NOON, BEFORE)).isEmpty();
    }

    @Test
    void gives_a_key_to_one_of_those_who_want_it_at_once() throws Exception {
        CyclicBarrier start = new CyclicBarrier(6);
        List<Future<Optional<Kept>>> running = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                running.add(pool.submit(() -> {
                    start.await();
                    return claim(NOON, BEFORE);
                }));
            }
        }
        int taken = 0;
        for (Future<Optional<Kept>> future : running) {
            taken += future.get().isEmpty() ? 1 : 0;
        }
        assertThat(taken).isEqualTo(1);
    }
}
