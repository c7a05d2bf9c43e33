package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static dev.weir.store.Samples.at;
import static dev.weir.store.Samples.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupedWritesTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final GroupedWrites writes = new GroupedWrites(Jdbi.create("jdbc:h2:mem:"), LONG);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void keeps_what_succeeds_and_nothing_of_what_fails_among_it() throws Exception {
        try (Database database = new Database(DatabaseSettings.embedded(folder))) {
            database.start();
            JdbiColdLog log = new JdbiColdLog(database);
            String room = Samples.newRoom(database);
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch first = new CountDownLatch(1);
            Future<Integer> under = threads.submit(() -> database.write(handle -> {
                begun.countDown();
                waitFor(first);
                return 1;
            }));
            waitFor(begun);
            List<Future<?>> good = new ArrayList<>();
            List<Future<?>> bad = new ArrayList<>();
            for (int i = 0; i < 3 * GroupedWrites.MOST; i++) {
                int seq = i;
                good.add(threads.submit(() -> log.saveMessage(room, at(seq), NOON, said("m" + seq, "Hello"))));
                bad.add(threads.submit(() -> database.write(handle -> {
                    handle.execute("UPDATE room SET name = name || 'x' WHERE id = ?", room);
                    throw new NoSuchElementException("number " + seq);
                })));
            }
            assertThat(good).noneMatch(Future::isDone);
            first.countDown();

            assertThat(under.get()).isEqualTo(1);
            for (Future<?> one : good) {
                one.get();
            }
            for (int i = 0; i < bad.size(); i++) {
                Future<?> one = bad.get(i);
                assertThatThrownBy(one::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCauseInstanceOf(NoSuchElementException.class)
                        .hasRootCauseMessage("number " + i);
            }
            assertThat(log.messages(room, 1000)).hasSize(good.size());
            assertThat(new JdbiRoomStore(database).find(room).orElseThrow().name())
                    .isEmpty();
        }
    }

    /** Leaves the group just after a commit of several, by which it knows that many write. */
    private void crowd() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        all.add(threads.submit(() -> writes.write(
                handle -> {
                    begun.countDown();
                    waitFor(go);
                    return 0;
                },
                true)));
        waitFor(begun);
        for (int i = 0; i < 8; i++) {
            all.add(threads.submit(() -> writes.write(handle -> 0, true)));
        }
        await().until(() -> writes.waiting() == 8);
        go.countDown();
        for (Future<?> each : all) {
            each.get();
        }
    }

    @Test
    void where_many_write_what_has_time_waits_for_others_until_one_comes_that_has_none() throws Exception {
        List<Handle> transactions = new CopyOnWriteArrayList<>();
        crowd();

        List<Future<?>> patient = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            patient.add(threads.submit(() -> writes.write(transactions::add, false)));
        }
        await().until(() -> writes.waiting() == 5);
        assertThat(patient).noneMatch(Future::isDone);
        writes.write(transactions::add, true);

        for (Future<?> each : patient) {
            each.get();
        }
        assertThat(transactions).hasSize(6).containsOnly(transactions.getFirst());
    }

    @Test
    void what_has_time_does_not_wait_where_little_is_written() {
        for (int i = 0; i < 3; i++) {
            assertThat(writes.<Integer>write(handle -> 7, false)).isEqualTo(7);
        }
    }

    @Test
    void what_has_time_is_done_at_once_for_who_is_interrupted() throws Exception {
        crowd();
        Future<Boolean> done = threads.submit(() -> {
            Thread.currentThread().interrupt();
            writes.write(handle -> 0, false);
            return Thread.interrupted();
        });
        assertThat(done.get()).isTrue();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
