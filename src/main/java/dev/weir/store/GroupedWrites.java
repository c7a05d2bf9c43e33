package dev.weir.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Writes to an embedded database, which writes its file at each commit and does one commit at a time: what comes while
 * one is under way goes together into the next. Whoever waits longest does the work for all who wait, so a write that is
 * alone goes through as if there was no group. Work must not write again from within. Thread-safe.
 */
final class GroupedWrites {

    /** The most that go into one commit. */
    static final int MOST = 64;

    /** A group that is larger than this shows that many come, for some ten times as long as one waits for company. */
    private static final int FEW = 2;

    /** How long writes that have time wait for others, where many come. */
    private static final Duration GATHERING = Duration.ofMillis(10);

    private static final String SAVEPOINT = "work";

    private final Jdbi jdbi;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Deque<Work<?>> waiting = new ArrayDeque<>();
    private final Duration gathering;
    private boolean busy;
    private long crowdedUntil = System.nanoTime();

    /** How many of those that wait have no time. */
    private int hurried;

    GroupedWrites(Jdbi jdbi) {
        this(jdbi, GATHERING);
    }

    GroupedWrites(Jdbi jdbi, Duration gathering) {
        this.jdbi = jdbi;
        this.gathering = gathering;
    }

    /**
     * Runs the work in a transaction and returns when it is committed. What the work throws is thrown here, and then
     * nothing of it is kept. It may be run more than once.
     *
     * @param hurried false for work that can wait some milliseconds for company
     */
    <T extends @Nullable Object> T write(HandleCallback<T, RuntimeException> callback, boolean hurried) {
        Work<T> work = new Work<>(callback, hurried);
        if (isFirst(work) || work.awaitTurn()) {
            lead();
        }
        return work.result();
    }

    private boolean isFirst(Work<?> work) {
        lock.lock();
        try {
            waiting.add(work);
            hurried += work.hurried ? 1 : 0;
            came.signal();
            boolean first = !busy;
            busy = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** How many wait for a commit. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Does what waits, the caller's own work first, and then hands over to the next who waits. */
    private void lead() {
        List<Work<?>> group = group();
        try {
            run(group);
        } finally {
            handOver();
            group.forEach(Work::done);
        }
    }

    private List<Work<?>> group() {
        List<Work<?>> group = new ArrayList<>();
        lock.lock();
        try {
            awaitCompany();
            while (group.size() < MOST && !waiting.isEmpty()) {
                Work<?> work = waiting.remove();
                hurried -= work.hurried ? 1 : 0;
                group.add(work);
            }
            crowdedUntil = System.nanoTime() + (group.size() > FEW ? 10 * gathering.toNanos() : 0);
        } finally {
            lock.unlock();
        }
        return group;
    }

    private void awaitCompany() {
        long left = System.nanoTime() - crowdedUntil < 0 ? gathering.toNanos() : 0;
        try {
            while (left > 0 && hurried == 0 && waiting.size() < MOST) {
                left = came.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // what waits is done all the same, at once
        }
    }

    private void handOver() {
        lock.lock();
        try {
            Work<?> next = waiting.peek();
            if (next == null) {
                busy = false;
            } else {
                next.takeTurn();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(List<Work<?>> group) {
        if (group.size() > 1) {
            try {
                jdbi.useTransaction(handle -> group.forEach(it -> it.runAmongOthers(handle)));
            } catch (RuntimeException e) {
                group.forEach(Work::forget); // nothing of it was kept: each for itself
            }
        }
        group.forEach(it -> it.runAlone(work -> Retry.whenTakenBack(() -> jdbi.inTransaction(work))));
    }

    /** One caller's work, and what came of it. */
    private static final class Work<T extends @Nullable Object> {
        private final HandleCallback<T, RuntimeException> callback;
        private final boolean hurried;
        private final CountDownLatch called = new CountDownLatch(1);
        private volatile boolean leads;
        private boolean kept;
        private @Nullable T result;
        private @Nullable Throwable failure;

        Work(HandleCallback<T, RuntimeException> callback, boolean hurried) {
            this.callback = callback;
            this.hurried = hurried;
        }

        /** When it fails it leaves no trace, and is run again alone. */
        void runAmongOthers(Handle handle) {
            handle.savepoint(SAVEPOINT);
            try {
                result = callback.withHandle(handle);
                kept = true;
                handle.releaseSavepoint(SAVEPOINT);
            } catch (RuntimeException e) {
                kept = false;
                handle.rollbackToSavepoint(SAVEPOINT);
            }
        }

        void forget() {
            kept = false;
        }

        /** Does nothing when it has been done among others. */
        void runAlone(Function<HandleCallback<T, RuntimeException>, T> transaction) {
            if (kept) {
                return;
            }
            try {
                result = transaction.apply(callback);
                kept = true;
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        }

        /** Waits until the work is done, or until it is to do its own and others'; then true. */
        boolean awaitTurn() {
            boolean interrupted = false;
            while (true) {
                try {
                    called.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true; // others may do this work at any moment: it can't be taken back
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return leads;
        }

        void takeTurn() {
            leads = true;
            called.countDown();
        }

        void done() {
            called.countDown();
        }

        @SuppressWarnings("NullAway") // null exactly when the work's own result is
        T result() {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            if (!kept) {
                throw new IllegalStateException("The database broke off in the middle of work, and nothing was kept.");
            }
            return result;
        }
    }
}
