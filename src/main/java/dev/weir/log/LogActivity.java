package dev.weir.log;

import dev.weir.figure.Distribution;
import dev.weir.figure.Histogram;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** How fast this node's log is, since the node started: for the console and the metrics alike. Thread-safe, lock-free. */
@ApplicationScoped
public class LogActivity implements LogObserver {

    private static final List<Duration> BOUNDS = LongStream.of(
                    100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1000))
            .toList();

    private final LongAdder underWay = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final Histogram append = Histogram.of(BOUNDS);
    private final Histogram follow = Histogram.of(BOUNDS);

    @Override
    public void appending() {
        underWay.increment();
    }

    /** How many appends are under way: no second node holds them yet, where there is one. */
    public int underWay() {
        return Math.max(0, underWay.intValue());
    }

    @Override
    public void appended(int more, long nanos) {
        underWay.decrement();
        events.add(more);
        append.record(nanos);
    }

    @Override
    public void notAppended() {
        underWay.decrement();
        failures.increment();
    }

    @Override
    public void read(int more) {
        read.add(more);
    }

    @Override
    public void followed(long nanos) {
        follow.record(nanos);
    }

    public Totals totals() {
        return new Totals(events.sum(), failures.sum(), read.sum(), append.distribution(), follow.distribution());
    }

    /**
     * What happened since this node started.
     *
     * @param events appended by this node
     * @param failures appends that failed
     * @param read events that this node read from the rooms it has open, also those that others appended
     * @param append from the call of append until it completed; one for each append of one or more events
     * @param follow from the call of append until this node had read it back; a sample of all appends
     */
    public record Totals(long events, long failures, long read, Distribution append, Distribution follow) {}
}
