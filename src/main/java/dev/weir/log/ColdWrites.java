package dev.weir.log;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written to the cold log behind those who asked for it: the writes of a room one after the other in the order in
 * which they were asked for, those of different rooms at the same time. What the database does not take is tried again with
 * growing pauses, and the room's later writes wait for it. Thread-safe.
 */
final class ColdWrites {

    private static final Logger LOG = LoggerFactory.getLogger(ColdWrites.class);

    /** The most writes that wait; {@link #full()} from there on. */
    static final int MOST = 10_000;

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** A write that the database refuses for so long is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final ColdLog cold;
    private final Executor executor;
    private final Duration firstPause;
    private final ConcurrentMap<String, CompletableFuture<@Nullable Void>> last = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long behindSince;

    ColdWrites(ColdLog cold, Executor executor, Duration firstPause) {
        this.cold = cold;
        this.executor = executor;
        this.firstPause = firstPause;
    }

    /**
     * Asks for a write, which may be done more than once.
     *
     * @return done when the database has it, on a thread that may wait; failed when it never will
     */
    CompletableFuture<@Nullable Void> add(String room, Consumer<ColdLog> write) {
        waiting.incrementAndGet();
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        CompletableFuture<@Nullable Void> before = last.put(room, done);
        Runnable work = () -> attempt(room, write, done, 1, System.nanoTime());
        if (before == null) {
            executor.execute(work);
        } else {
            before.whenComplete((nothing, failure) -> executor.execute(work));
        }
        return done;
    }

    /** Done when everything that was asked for until now is in the database, or never will be. */
    CompletableFuture<@Nullable Void> pending(String room) {
        return Optional.ofNullable(last.get(room))
                .map(it -> it.<@Nullable Void>handle((nothing, failure) -> null))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private void attempt(
            String room, Consumer<ColdLog> write, CompletableFuture<@Nullable Void> done, int attempt, long began) {
        try {
            write.accept(cold);
            caughtUp();
            finish(room, done, null);
        } catch (NoSuchElementException | IllegalArgumentException e) {
            LOG.info("Something said in room {} is not kept: {}", room, e.getMessage());
            finish(room, done, e);
        } catch (RuntimeException e) {
            long since = System.nanoTime() - began;
            if (since > PATIENCE.toNanos()) {
                LOG.error("Something said in room {} could not be kept in the database", room, e);
                finish(room, done, e);
                return;
            }
            behind(began);
            long pause = Math.min(firstPause.toMillis() << Math.min(attempt - 1, 10), LONGEST_PAUSE.toMillis());
            LOG.warn(
                    "The database did not take what was said in room {}; again in {} ms: {}",
                    room,
                    pause,
                    e.toString());
            CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, executor)
                    .execute(() -> attempt(room, write, done, attempt + 1, began));
        }
    }

    private void finish(String room, CompletableFuture<@Nullable Void> done, @Nullable Exception failure) {
        waiting.decrementAndGet();
        last.remove(room, done);
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    private void caughtUp() {
        if (behindSince != 0) {
            behindSince = 0;
        }
    }

    private void behind(long since) {
        if (behindSince == 0) {
            behindSince = since;
        }
    }

    /** How many writes wait. */
    int waiting() {
        return waiting.get();
    }

    /** True when so much waits that nothing new should be begun. */
    boolean full() {
        return waiting.get() >= MOST;
    }

    /** For how long the database has not taken anything; zero when it does. */
    Duration behind() {
        long since = behindSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }
}
