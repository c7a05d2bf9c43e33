package dev.weir.model.openai;

import java.time.Duration;

/**
 * How much longer to wait for a provider. For the one thread that waits; while that thread does something else, nothing
 * is asked, and {@link #renew()} afterwards makes that time not count.
 */
final class Patience {

    private Duration limit;
    private long since = System.nanoTime();

    Patience(Duration limit) {
        this.limit = limit;
    }

    /** Something came: the time begins anew. */
    void renew() {
        since = System.nanoTime();
    }

    /** From now on waits no longer than this, if it would have waited longer. */
    void atMost(Duration shorter) {
        if (shorter.compareTo(limit) < 0) {
            limit = shorter;
        }
        renew();
    }

    /** Zero or less when it has come to its end. */
    long leftNanos() {
        return limit.toNanos() - (System.nanoTime() - since);
    }

    Stall end() {
        return new Stall(limit);
    }
}
