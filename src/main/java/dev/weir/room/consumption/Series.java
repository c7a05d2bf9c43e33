package dev.weir.room.consumption;

import java.util.List;

/**
 * How fast somebody has used something in the latest seconds, the oldest first; seconds of which nothing is known are 0.
 *
 * @param key an id or a model's name, or {@link #OTHERS}
 * @param tokens in each second, of both kinds
 * @param micros in each second, in millionths of a US dollar
 */
public record Series(String key, List<Long> tokens, List<Long> micros) {

    /** All that have no series of their own. */
    public static final String OTHERS = "";
}
