package dev.weir.budget;

import dev.weir.event.Outcome;
import dev.weir.event.Usage;

/** Keeps the accounts of answers. Thread-safe. */
public interface Ledger {

    /** Keeps nothing. */
    Ledger NONE = payer -> new Account() {
        @Override
        public void running(long outputTokens) {}

        @Override
        public void settle(Usage usage, Outcome outcome) {}
    };

    /** Opens the account of an answer, before its model is asked. */
    Account open(Payer payer);

    /** One answer's account. */
    interface Account {

        /**
         * The output tokens so far, as estimated; called as they come, on the way of every delta. Returns at once: no lock,
         * nothing over the network.
         */
        void running(long outputTokens);

        /** What the answer has used in all, as its provider bills it; called exactly once, when it has ended. */
        void settle(Usage usage, Outcome outcome);
    }
}
