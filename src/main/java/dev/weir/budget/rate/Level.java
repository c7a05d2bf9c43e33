package dev.weir.budget.rate;

import java.io.Serializable;

/**
 * What is in a bucket: in whole units times the milliseconds of a minute, so that nothing is lost by rounding. Below 0 after
 * more was used than there was.
 */
record Level(long amount, long at) implements Serializable {

    private static final long serialVersionUID = 1;
    private static final long MINUTE = 60_000;

    /** A full bucket. */
    static Level full(long burst, long now) {
        return new Level(burst * MINUTE, now);
    }

    /** The same at a later moment; a moment before that of this level changes nothing. */
    Level at(long now, long perMinute, long burst) {
        long elapsed = Math.min(Math.max(0, now - at), 2 * MINUTE * Math.max(1, burst));
        long most = burst * MINUTE;
        return new Level(
                elapsed > (most - amount) / Math.max(1, perMinute) ? most : amount + elapsed * perMinute,
                Math.max(at, now));
    }

    boolean has(long units) {
        return amount >= units * MINUTE;
    }

    Level minus(long units) {
        return new Level(amount - units * MINUTE, at);
    }

    /** Whole units that are left, at least 0. */
    long left() {
        return Math.max(0, amount / MINUTE);
    }

    /** Milliseconds until there are so many. */
    long until(long units, long perMinute) {
        long lacking = units * MINUTE - amount;
        return lacking <= 0 ? 0 : (lacking + perMinute - 1) / perMinute;
    }
}
