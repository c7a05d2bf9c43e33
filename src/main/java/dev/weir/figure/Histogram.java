package dev.weir.figure;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts durations in fixed buckets: bounded memory, whatever comes. Recording takes no lock and allocates nothing.
 * Thread-safe; what is read while others record is true up to what is just being recorded.
 */
public final class Histogram {

    private final long[] bounds;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    private Histogram(long[] bounds) {
        this.bounds = bounds;
        this.counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    /**
     * An empty histogram.
     *
     * @param bounds the upper bounds of its buckets, each included, in ascending order; what is longer than the last goes
     *     to one bucket more
     */
    public static Histogram of(List<Duration> bounds) {
        return new Histogram(bounds.stream().mapToLong(Duration::toNanos).toArray());
    }

    /** Counts one duration, in nanoseconds; a negative one counts as 0. */
    public void record(long nanos) {
        long counted = Math.max(0, nanos);
        counts[bucket(counted)].increment();
        sum.add(counted);
        longest.accumulate(counted);
    }

    private int bucket(long nanos) {
        int bucket = 0;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** What has been recorded up to now. */
    public Distribution distribution() {
        List<Distribution.Bucket> buckets = new java.util.ArrayList<>(counts.length);
        for (int i = 0; i < counts.length; i++) {
            buckets.add(new Distribution.Bucket(i < bounds.length ? bounds[i] : Long.MAX_VALUE, counts[i].sum()));
        }
        return new Distribution(buckets, sum.sum(), longest.get());
    }
}
