package dev.weir.budget;

import java.io.Serializable;

/**
 * A stretch of time in which a budget lasts.
 *
 * @param start in milliseconds since 1970, as {@code end}
 * @param end the first moment that no longer belongs to it
 */
public record Window(long start, long end) implements Serializable {

    /** All time. */
    public static final Window ALWAYS = new Window(Long.MIN_VALUE, Long.MAX_VALUE);
}
