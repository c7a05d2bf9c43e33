package dev.weir.audit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The way of records to the store: takes them without waiting, up to a bound, and one thread of this node writes them in
 * batches. {@link #start} comes first; what comes before it waits. Thread-safe.
 */
public class Trail implements Audit {

    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    private final AuditSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Waiting waiting;
    private final Lost lost = new Lost();
    private final TrailThread thread;

    /** @param nanos a clock that never goes back, in nanoseconds */
    public Trail(
            AuditStore store,
            AuditDirectory directory,
            AuditKey key,
            AuditSettings settings,
            InstantSource clock,
            LongSupplier nanos) {
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.waiting = new Waiting(settings.mostWaiting());
        this.thread = new TrailThread(new ChainWriter(store, directory, key), waiting, lost, settings, clock, nanos);
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected Trail() {
        this.settings = AuditSettings.DEFAULT;
        this.clock = InstantSource.system();
        this.nanos = System::nanoTime;
        this.waiting = new Waiting(1);
        this.thread = null;
    }

    /**
     * Finds where this node's chain ends, and begins to write.
     *
     * @throws RuntimeException when the store can't be read
     */
    public void start() {
        thread.open();
    }

    /** Writes what waits, for at most this long, closes the chain and takes no more. */
    public void stop(Duration grace) {
        thread.close(grace);
    }

    @Override
    public void record(Kind kind, Who who, Where place, String action, String subject, String details) {
        put(new Fact(now(), kind, who, place, action, subject, details, 1));
    }

    /** Takes something that has happened and can't be refused; when even the reserve is used up, it is counted as lost. */
    void put(Fact fact) {
        if (!waiting.put(fact)) {
            lost.add(fact);
        }
        wakeWhenMany();
    }

    /**
     * Takes something that is about to happen.
     *
     * @param what what to do when it can't be taken now
     * @param giveUp whether waiting for it makes no sense any more
     * @throws AuditUnavailable when it must not happen: at once, or after waiting
     */
    void take(Fact fact, WhenUnavailable what, BooleanSupplier giveUp) {
        boolean taken = switch (what) {
            case GO_ON -> waiting.offer(fact);
            case FAIL -> available() && waiting.offer(fact);
            case WAIT -> awaits(() -> available() && waiting.offer(fact), giveUp);
        };
        if (!taken && what != WhenUnavailable.GO_ON) {
            throw unavailable();
        }
        if (!taken) {
            lost.add(fact);
        }
        wakeWhenMany();
    }

    /**
     * Sees to it that an answer may begin.
     *
     * @throws AuditUnavailable when it may not
     */
    void admit(WhenUnavailable what, BooleanSupplier giveUp) {
        boolean admitted = available()
                || switch (what) {
                    case GO_ON -> true;
                    case FAIL -> false;
                    case WAIT -> awaits(this::available, giveUp);
                };
        if (!admitted) {
            throw unavailable();
        }
    }

    private void wakeWhenMany() {
        if (waiting.halfFull()) {
            thread.wake();
        }
    }

    private static boolean awaits(BooleanSupplier done, BooleanSupplier giveUp) {
        while (!done.getAsBoolean()) {
            if (giveUp.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    private static AuditUnavailable unavailable() {
        return new AuditUnavailable("The audit can't be written, and weir.audit.when-unavailable says that nothing goes"
                + " on without it. Look for why in the log, at the lines of the audit.");
    }

    /** False while records wait for longer than they may, or too many of them. */
    public boolean available() {
        return !waiting.full() && thread.lag() <= settings.patience().toNanos();
    }

    /**
     * Waits until everything that was recorded before this call is written.
     *
     * @return false when it was not within this time
     */
    public boolean flush(Duration atMost) {
        long until = waiting.added();
        long deadline = nanos.getAsLong() + atMost.toNanos();
        thread.wake();
        return awaits(() -> thread.written() >= until, () -> nanos.getAsLong() - deadline > 0);
    }

    /** What answers do while records can't be written. */
    WhenUnavailable whenUnavailable() {
        return settings.whenUnavailable();
    }

    long now() {
        return clock.millis();
    }

    /** The end of this node's chain; empty before its first record. */
    public Optional<Seal> head() {
        return thread.head();
    }

    /** For how long the oldest record has been waiting, about; in nanoseconds. */
    public long lag() {
        return thread.lag();
    }

    /** What waits: characters, and about as many for each record. */
    public long waiting() {
        return waiting.weight();
    }

    /** Records that could not be kept since this node started. */
    public long lost() {
        return lost.everLost();
    }

    /** Records written since this node started. */
    public long written() {
        return thread.written();
    }
}
