package dev.weir.log;

/**
 * Finds out how long it takes from an append until this node's tail has read it. Either may be known first: an append's
 * seq when it completes, or the tail's having read it. So the latest reads are remembered, and one append that has not
 * been read yet. Guarded by its tail's lock.
 */
final class FollowClock {

    private static final int READS = 16;

    private final LogObserver observer;
    private final long[] ends = new long[READS];
    private final long[] times = new long[READS];
    private long reads;
    private long awaited = -1;
    private long awaitedSince;

    FollowClock(LogObserver observer) {
        this.observer = observer;
    }

    /** The tail has read so many events, up to this seq (not included), at this time of {@link System#nanoTime}. */
    void read(long next, int events, long now) {
        observer.read(events);
        int at = (int) (reads % READS);
        ends[at] = next;
        times[at] = now;
        reads++;
        if (awaited >= 0 && next >= awaited) {
            observer.followed(now - awaitedSince);
            awaited = -1;
        }
    }

    /** Events up to this seq (not included) have been appended; the call was at {@code began}. */
    void appended(long next, long began) {
        for (long i = Math.max(0, reads - READS); i < reads; i++) {
            int at = (int) (i % READS);
            if (ends[at] >= next) {
                observer.followed(times[at] - began);
                return;
            }
        }
        if (awaited < 0) {
            awaited = next;
            awaitedSince = began;
        }
    }
}
