package dev.weir.model.openai;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much longer to wait for a provider. Only time spent waiting counts: while the one thread that waits does something
 * else, nobody asks. Others may ask whether it has {@link #end ended}.
 */
final class Patience {

    private volatile long limitNanos;
    private volatile long since = System.nanoTime();
    private volatile boolean waiting;
    private volatile @Nullable Stall end;

    Patience(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /** Something came: the time begins anew. */
    void renew() {
        since = System.nanoTime();
    }

    /** From now on waits no longer than this, if it would have waited longer. */
    void atMost(Duration shorter) {
        limitNanos = Math.min(limitNanos, shorter.toNanos());
        renew();
    }

    /** From now on the thread waits, or does so no longer. */
    void waiting(boolean now) {
        waiting = now;
    }

    /** True once, when it has come to its end. */
    boolean runsOut() {
        if (!waiting || end != null || System.nanoTime() - since < limitNanos) {
            return false;
        }
        end = new Stall(Duration.ofNanos(limitNanos));
        return true;
    }

    /** Why waiting was given up; null as long as it was not. */
    @Nullable
    Stall end() {
        return end;
    }
}
