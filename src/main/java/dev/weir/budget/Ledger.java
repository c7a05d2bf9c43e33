package dev.weir.budget;

import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps the accounts of answers. Thread-safe. */
public interface Ledger {

    /** Keeps nothing, and refuses nothing. */
    Ledger NONE = new Ledger() {
        @Override
        public Optional<Detour> detour(Payer payer) {
            return Optional.empty();
        }

        @Override
        public void check(Asked asked) {}

        @Override
        public Account admit(Asked asked) {
            return Account.NONE;
        }

        @Override
        public Account goOn(Asked asked) {
            return Account.NONE;
        }

        @Override
        public boolean hasBill(String id) {
            return true;
        }

        @Override
        public void book(String id, Payer payer, Usage usage) {}

        @Override
        public void tell(Alerts.Kind kind, Standing standing, Payer payer) {}
    };

    /** With fewer output tokens than these an answer is not begun, unless it is to have fewer. */
    int LEAST_OUTPUT = 16;

    /**
     * An answer that is wanted.
     *
     * @param id the same on every node that writes it, and for every time that it is asked for
     * @param tariff the prices that hold for it, whatever the catalogue says later
     * @param input tokens, as estimated
     * @param output tokens that are set aside for it at first, or at least {@link #LEAST_OUTPUT} of them
     * @param before what other nodes have used for it
     */
    record Asked(String id, Payer payer, Tariff tariff, long input, long output, Usage before) {

        /** What has to be held of a budget so that there may be so many output tokens. */
        long needs(Unit unit, long outputTokens) {
            return unit.hold(tariff, input, outputTokens)
                    + (unit.grows() || unit == Unit.INPUT_TOKENS ? unit.bill(before) : 0);
        }
    }

    /** Another model that is to answer, for a budget is nearly used up. */
    record Detour(String model, Standing standing) {}

    /** Which other model is to answer for this payer; empty: the one that was asked. Tells nobody. Blocks. */
    Optional<Detour> detour(Payer payer);

    /**
     * Does nothing when there is room for an answer now. Holds nothing. Blocks.
     *
     * @throws OverBudget when there isn't
     */
    void check(Asked asked);

    /**
     * Opens the account of an answer, before its model is asked: what it will need first is held in every budget in which it
     * counts, or in none. Blocks.
     *
     * @throws OverBudget when there is not so much left
     */
    Account admit(Asked asked);

    /**
     * Opens the account of an answer that another node has begun, with what that node held for it. Refuses nothing: when there
     * is nothing left, the account says so. Blocks.
     */
    Account goOn(Asked asked);

    /** Whether the database has the bill of an answer, by the id with which it was asked for. Blocks. */
    boolean hasBill(String id);

    /**
     * Charges what was used of a model beside an answer, once for each id. It was not held before, so it is a correction. Does
     * not block.
     */
    void book(String id, Payer payer, Usage usage);

    /** Tells the console what became of an answer because of a budget. */
    void tell(Alerts.Kind kind, Standing standing, Payer payer);

    /** How an answer stands. */
    enum Course {
        /** There is enough. */
        GO_ON,
        /** No more is to be had; what is held is not yet used up. */
        LAST,
        /** What is held is used up. */
        SPENT
    }

    /** One answer's account. */
    interface Account {

        /** Is never short of anything. */
        Account NONE = new Account() {
            @Override
            public Course running(long outputTokens) {
                return Course.GO_ON;
            }

            @Override
            public CompletableFuture<Boolean> more() {
                return CompletableFuture.completedFuture(true);
            }

            @Override
            public Optional<Shortage> shortage() {
                return Optional.empty();
            }

            @Override
            public void listen(Consumer<Standing> warned) {}

            @Override
            public CompletionStage<@Nullable Void> settle(Usage usage, Outcome outcome) {
                return CompletableFuture.completedStage(null);
            }

            @Override
            public void leave() {}
        };

        /**
         * The output tokens so far, as estimated; called as they come, on the way of every delta. Returns at once: no lock,
         * nothing over the network. More is asked for ahead of need.
         */
        Course running(long outputTokens);

        /** Asks for more now. True when there is some for what comes next. */
        CompletableFuture<Boolean> more();

        /** What there is too little of; empty while there is enough. */
        Optional<Shortage> shortage();

        /** Calls this with each budget whose warning this answer is the first to reach, also before; on any thread. */
        void listen(Consumer<Standing> warned);

        /**
         * What the answer has used in all, as its provider bills it; when it has ended. Only the first call counts. Does not
         * block.
         *
         * @return completes when the bill is in the database; of a later call at once
         */
        CompletionStage<@Nullable Void> settle(Usage usage, Outcome outcome);

        /** Another node goes on with it, which takes over what is held. Nothing is charged here. */
        void leave();
    }
}
