package dev.weir.figure;

import java.util.List;

/**
 * How long something took, many times over.
 *
 * @param buckets in ascending order; the last has no bound ({@link Long#MAX_VALUE})
 * @param sumNanos all durations together, in nanoseconds
 * @param maxNanos the longest one; 0 when there is none
 */
public record Distribution(List<Bucket> buckets, long sumNanos, long maxNanos) {

    public Distribution {
        buckets = List.copyOf(buckets);
    }

    /**
     * Those that took longer than the bucket before and at most this long.
     *
     * @param atMostNanos in nanoseconds
     * @param count of this bucket alone
     */
    public record Bucket(long atMostNanos, long count) {}

    /** How many there were. */
    public long count() {
        return buckets.stream().mapToLong(Bucket::count).sum();
    }

    /**
     * The duration that this share of all did not exceed, in nanoseconds: exact to the bucket, interpolated within it,
     * never above the longest. 0 when there is none.
     *
     * @param share from 0 to 1; 0.5 is the median
     */
    public long quantileNanos(double share) {
        double wanted = share * count();
        long before = 0;
        long from = 0;
        for (Bucket bucket : buckets) {
            if (bucket.count() > 0 && before + bucket.count() >= wanted) {
                double within = Math.max(0, wanted - before) / bucket.count();
                long to = Math.max(from, Math.min(bucket.atMostNanos(), maxNanos));
                return from + Math.round(within * (to - from));
            }
            before += bucket.count();
            from = bucket.atMostNanos();
        }
        return 0;
    }
}
