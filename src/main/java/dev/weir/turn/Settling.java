package dev.weir.turn;

import dev.weir.budget.Ledger;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A branch's account in the ledger, settled once. What the ledger throws does not disturb the branch. */
final class Settling {

    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private final Ledger.Account account;
    private final AtomicBoolean settled = new AtomicBoolean();

    Settling(Ledger.Account account) {
        this.account = account;
    }

    void running(long outputTokens) {
        account.running(outputTokens);
    }

    void settle(Usage usage, Outcome outcome) {
        if (settled.compareAndSet(false, true)) {
            try {
                account.settle(usage, outcome);
            } catch (RuntimeException e) {
                LOG.error("An answer of {} micros could not be settled", usage.micros(), e);
            }
        }
    }
}
