package dev.weir.audit;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread of a node that writes its records: every so often all that wait, and what failed again. */
final class TrailThread implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(TrailThread.class);

    private static final int MOST_FACTS = 8192;
    private static final long MOST_WEIGHT = 2L << 20;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration SHORTEN_EVERY = Duration.ofHours(6);
    private static final int TRIES_AT_THE_END = 3;

    private final ChainWriter chain;
    private final Waiting waiting;
    private final Lost lost;
    private final AuditSettings settings;
    private final InstantSource clock;
    private final LongSupplier nanos;

    /** Facts about the chain itself, for the next batch. */
    private final List<Fact> own = new ArrayList<>();

    /** What is being written: kept as it is until it is written. */
    private List<Fact> batch = List.of();

    /** Those of them that waited. */
    private List<Fact> taken = List.of();

    /** Where the chain ends if the latest try was kept after all. */
    private long attempted;

    private long shortenAt;
    private long markCount;
    private long markNanos;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private volatile long caughtUp;
    private volatile boolean closing;
    private volatile @Nullable Thread thread;

    TrailThread(
            ChainWriter chain,
            Waiting waiting,
            Lost lost,
            AuditSettings settings,
            InstantSource clock,
            LongSupplier nanos) {
        this.chain = chain;
        this.waiting = waiting;
        this.lost = lost;
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.caughtUp = nanos.getAsLong();
        this.markNanos = caughtUp;
    }

    void open() {
        own.addAll(chain.open(clock.millis()));
        shortenAt = clock.millis();
        markNanos = nanos.getAsLong();
        caughtUp = markNanos;
        Thread started = Thread.ofPlatform().daemon().name("weir-audit").unstarted(this);
        thread = started;
        started.start();
    }

    void close(Duration grace) {
        Thread running = thread;
        closing = true;
        if (running == null) {
            return;
        }
        LockSupport.unpark(running);
        try {
            running.join(grace);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (running.isAlive() || unwritten() > 0) {
            LOG.error("The last {} records of the audit could not be written before the stop", unwritten());
        }
    }

    private long unwritten() {
        return waiting.added() - written.get();
    }

    /** Has it look now rather than later, unless the store does not answer. */
    void wake() {
        Thread running = thread;
        if (running != null && failures.get() == 0) {
            LockSupport.unpark(running);
        }
    }

    Optional<Seal> head() {
        return chain.head();
    }

    /** How many of those that were added to what waits are written. */
    long written() {
        return written.get();
    }

    /** For how many nanoseconds something has been waiting, at most; 0 when nothing is. */
    long lag() {
        return unwritten() <= 0 ? 0 : nanos.getAsLong() - caughtUp;
    }

    @Override
    public void run() {
        while (!closing || (unwritten() > 0 && failures.get() < TRIES_AT_THE_END)) {
            if (!cycle()) {
                LockSupport.parkNanos(this, pause());
            }
        }
        if (unwritten() == 0) {
            closeChain();
        }
    }

    private long pause() {
        long every = settings.writeEvery().toNanos();
        long longer = every << Math.min(failures.get(), 16);
        return failures.get() == 0 ? every : Math.min(longer, LONGEST_PAUSE.toNanos());
    }

    /** Writes what waits. Returns whether there is more to be written at once. */
    private boolean cycle() {
        mark();
        try {
            shortenWhenDue();
            gather();
            if (!batch.isEmpty()) {
                write();
            }
            failures.set(0);
            return unwritten() > 0 && waiting.halfFull();
        } catch (AuditStore.Moved e) {
            return goOn();
        } catch (RuntimeException | LinkageError e) {
            failed(e);
            return false;
        }
    }

    /** Remembers how much had come by when, so that it is known since when nothing of it waits any more. */
    private void mark() {
        if (written.get() >= markCount) {
            caughtUp = markNanos;
            markNanos = nanos.getAsLong();
            markCount = waiting.added();
        }
    }

    private void gather() {
        if (!batch.isEmpty()) {
            return;
        }
        taken = waiting.next(MOST_FACTS, MOST_WEIGHT);
        List<Fact> facts = new ArrayList<>(own);
        facts.addAll(Coalescing.of(taken));
        lost.take(clock.millis()).ifPresent(facts::add);
        own.clear();
        batch = facts;
    }

    private void write() {
        if (failures.get() == 0 || !chain.kept(attempted)) {
            attempted = chain.head().map(Seal::seq).orElse(0L) + batch.size();
            chain.append(batch, clock.millis(), false);
        }
        written.addAndGet(taken.size());
        waiting.written(taken);
        batch = List.of();
        taken = List.of();
    }

    private void shortenWhenDue() {
        long now = clock.millis();
        if (now >= shortenAt) {
            List<Fact> done = chain.shorten(clock.instant().minus(settings.keep()), now);
            own.addAll(done);
            shortenAt = done.isEmpty() ? now + SHORTEN_EVERY.toMillis() : now;
        }
    }

    private boolean goOn() {
        try {
            own.add(chain.goOn(clock.millis()));
            return true;
        } catch (RuntimeException e) {
            failed(e);
            return false;
        }
    }

    private void failed(Throwable e) {
        if (failures.incrementAndGet() == 1) {
            LOG.error("The audit can't be written; {} records wait and are tried again", unwritten(), e);
        } else {
            LOG.warn("The audit still can't be written, after {} tries: {}", failures.get(), e.toString());
        }
    }

    private void closeChain() {
        try {
            chain.append(List.of(ChainWriter.fact(clock.millis(), "audit.close", "")), clock.millis(), true);
        } catch (RuntimeException e) {
            LOG.warn("The audit's chain could not be closed: {}", e.toString());
        }
    }
}
