package dev.weir.budget;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a ledger's holds alive and brings what was settled to the database, four times a second. Thread-safe. */
public final class Upkeep {

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final long FLUSH_MILLIS = 250;
    private static final long RENEW_MILLIS = BudgetLedger.LIFE_MILLIS / 4;

    private final BudgetLedger ledger;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("weir-budgets-", 0).factory());

    public Upkeep(BudgetLedger ledger) {
        this.ledger = ledger;
    }

    public void start() {
        timer.scheduleWithFixedDelay(attended(ledger::flush), FLUSH_MILLIS, FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(attended(ledger::renew), RENEW_MILLIS, RENEW_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Runnable attended(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("The upkeep of budgets failed; the next one follows", e);
            }
        };
    }

    /** Waits at most so long until everything that was settled is kept. */
    public void stop(Duration grace) {
        timer.shutdownNow();
        long deadline = System.nanoTime() + grace.toNanos();
        ledger.flush();
        while (ledger.waiting() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            ledger.flush();
        }
    }
}
