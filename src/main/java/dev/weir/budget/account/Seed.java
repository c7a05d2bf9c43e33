package dev.weir.budget.account;

import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an account begins with where nobody remembers it.
 *
 * @param windowStart of the period in which it was charged, in milliseconds since 1970
 * @param charged in that period
 * @param corrected the part of it that had not been held
 * @param buckets what was charged to a rolling budget, by bucket; empty for others
 * @param revision grows with every charge
 */
public record Seed(long windowStart, long charged, long corrected, SortedMap<Long, Long> buckets, long revision)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** Nothing was ever charged. */
    public static final Seed NONE = new Seed(Long.MIN_VALUE, 0, 0, new TreeMap<>(), 0);

    public Seed {
        buckets = new TreeMap<>(buckets);
    }
}
