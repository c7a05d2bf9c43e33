package dev.weir.turn;

import dev.weir.figure.Distribution;
import dev.weir.figure.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The latest seconds in a ring of slots, one for each second in which something happened. A slot is made when its second
 * begins and takes the place of one that is too old. Thread-safe, without a lock.
 */
final class LastSeconds {

    /** The most seconds that are kept, without the one that is passing. */
    static final int MOST = 120;

    private static final int SLOTS = 128;
    private static final List<Duration> BOUNDS = LongStream.of(
                    5, 10, 20, 40, 70, 100, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000)
            .mapToObj(Duration::ofMillis)
            .toList();

    private final AtomicReferenceArray<@Nullable Slot> ring = new AtomicReferenceArray<>(SLOTS);
    private final Slot nothing = new Slot(-1);
    private final InstantSource clock;

    LastSeconds(InstantSource clock) {
        this.clock = clock;
    }

    /** What happened in one second. */
    static final class Slot {
        final long second;
        final LongAdder deltas = new LongAdder();
        final LongAdder outputTokens = new LongAdder();
        final LongAdder started = new LongAdder();
        final LongAdder ended = new LongAdder();
        final LongAdder errors = new LongAdder();
        final Histogram firstDelta = Histogram.of(BOUNDS);

        Slot(long second) {
            this.second = second;
        }

        private Activity.Second read(long second) {
            Distribution waits = firstDelta.distribution();
            return new Activity.Second(
                    Instant.ofEpochSecond(second),
                    deltas.sum(),
                    outputTokens.sum(),
                    started.sum(),
                    ended.sum(),
                    errors.sum(),
                    waits.count(),
                    TimeUnit.NANOSECONDS.toMillis(waits.quantileNanos(0.5)),
                    TimeUnit.NANOSECONDS.toMillis(waits.maxNanos()));
        }
    }

    private long second() {
        return TimeUnit.MILLISECONDS.toSeconds(clock.millis());
    }

    /** The slot of the second that is passing. */
    Slot now() {
        long second = second();
        int at = (int) (second % SLOTS);
        while (true) {
            Slot slot = ring.get(at);
            if (slot != null && slot.second == second) {
                return slot;
            }
            Slot fresh = new Slot(second);
            if (ring.compareAndSet(at, slot, fresh)) {
                return fresh;
            }
        }
    }

    List<Activity.Second> last(int wanted) {
        int n = Math.clamp(wanted, 1, MOST);
        long now = second();
        return IntStream.rangeClosed(1, n)
                .mapToObj(it -> read(now - n + it - 1))
                .toList();
    }

    private Activity.Second read(long second) {
        Slot slot = ring.get((int) (second % SLOTS));
        return (slot != null && slot.second == second ? slot : nothing).read(second);
    }
}
