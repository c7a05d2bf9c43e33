package dev.weir.model.openai;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs an action when nothing has come from a provider for too long. The clock stands still while the answer's listener
 * works: a slow reader of ours is not a silent provider. Called by one thread, which waits on the provider; its own
 * virtual thread watches.
 */
final class IdleWatch {

    private final Runnable expired;
    private final Thread thread;
    private volatile long limit;
    private volatile long since = System.nanoTime();
    private volatile boolean waiting = true;
    private volatile boolean done;

    /** Begins to wait at once. */
    IdleWatch(Duration limit, Runnable expired) {
        this.limit = limit.toNanos();
        this.expired = expired;
        this.thread = Thread.ofVirtual().name("weir-model-watch").start(this::watch);
    }

    /** Something came: the time begins anew. */
    void touch() {
        since = System.nanoTime();
    }

    void pause() {
        waiting = false;
    }

    void resume() {
        touch();
        waiting = true;
    }

    /** From now on waits no longer than this, if it waited longer before. */
    void atMost(Duration shorter) {
        if (shorter.toNanos() < limit) {
            limit = shorter.toNanos();
            touch();
            LockSupport.unpark(thread);
        }
    }

    void end() {
        done = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        while (!done) {
            long left = waiting ? limit - (System.nanoTime() - since) : limit;
            if (left <= 0) {
                expired.run();
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
