package dev.weir.event;

import java.util.Locale;

/** How a branch ended; each branch ends exactly once. */
public enum Outcome {
    /** The model finished. */
    COMPLETE,
    /** A member stopped it. */
    STOPPED,
    /** A guard closed it. */
    BLOCKED,
    /** The model or the way to it failed. */
    FAILED,
    /** The node that ran it stopped or died. */
    INTERRUPTED,
    /** The budget was spent. */
    OVER_BUDGET,
    /** Another answer took its place while it was being written. */
    SUPERSEDED;

    /** The word on the wire and in the database: {@code over-budget} for {@link #OVER_BUDGET}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Outcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
