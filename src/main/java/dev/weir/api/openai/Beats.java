package dev.weir.api.openai;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Wakes all who wait, now and then, so that none of them needs a timer of its own: one that is set and taken back for each
 * delta costs more than the rest of the waiting. Thread-safe.
 */
final class Beats implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(250);

    private final Set<Runnable> sleepers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("weir-completion-beat").factory());

    Beats() {
        ticker.scheduleWithFixedDelay(
                () -> sleepers.forEach(Runnable::run), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on calls this, which must return at once and must not fail, until it is removed. */
    void add(Runnable waking) {
        sleepers.add(waking);
    }

    void remove(Runnable waking) {
        sleepers.remove(waking);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
