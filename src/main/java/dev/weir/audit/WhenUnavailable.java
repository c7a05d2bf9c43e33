package dev.weir.audit;

import java.util.Locale;

/** What answers do while the audit can't be written. */
public enum WhenUnavailable {
    /** They wait; a stop ends the waiting. */
    WAIT,
    /** They end as failed, and new ones don't begin. */
    FAIL,
    /** They go on; what is lost is counted, and the count becomes a record when the store is back. */
    GO_ON;

    /**
     * The choice of a word of the configuration.
     *
     * @throws IllegalArgumentException when it is no such word
     */
    public static WhenUnavailable of(String word) {
        try {
            return valueOf(word.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "weir.audit.when-unavailable is " + word + ". Use wait, fail or go-on.", e);
        }
    }
}
