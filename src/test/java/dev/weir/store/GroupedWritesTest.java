package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static dev.weir.store.Samples.at;
import static dev.weir.store.Samples.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupedWritesTest {

    @TempDir
    Path folder;

    @Test
    void keeps_what_succeeds_and_nothing_of_what_fails_among_it() throws Exception {
        try (Database database = new Database(DatabaseSettings.embedded(folder));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
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

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
