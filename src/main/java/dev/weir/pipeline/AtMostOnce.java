package dev.weir.pipeline;

import java.util.concurrent.locks.ReentrantLock;

/** Does something at most once. Whoever comes while it is being done waits until it is done. Thread-safe. */
public final class AtMostOnce {

    private final ReentrantLock lock = new ReentrantLock();
    private boolean done;

    /** Does this, unless something was done before. */
    public void run(Runnable what) {
        lock.lock();
        try {
            if (!done) {
                done = true;
                what.run();
            }
        } finally {
            lock.unlock();
        }
    }
}
