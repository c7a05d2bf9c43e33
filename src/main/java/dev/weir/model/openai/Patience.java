package dev.weir.model.openai;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How much longer to wait for a provider. Only time spent waiting counts: while the one thread that waits does something
 * else, nobody asks. Others may ask whether it has {@link #end ended}.
 */
final class Patience {

    private final LongSupplier nanos;
    private volatile long limitNanos;
    private volatile long since;
    private volatile boolean waiting;
    private volatile @Nullable Stall end;

    /** @param nanos a clock that never goes back, in nanoseconds */
    Patience(Duration limit, LongSupplier nanos) {
        this.nanos = nanos;
        this.limitNanos = limit.toNanos();
        this.since = nanos.getAsLong();
    }

    /** Something came: the time begins anew. */
    void renew() {
        since = nanos.getAsLong();
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
        if (!waiting || end != null || nanos.getAsLong() - since < limitNanos) {
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
