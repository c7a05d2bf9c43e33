package dev.weir.budget.account;

import java.util.concurrent.CompletionStage;

/** The accounts of all budgets, wherever they are kept; each takes one order at a time. Thread-safe. */
public interface Accounts {

    /**
     * Gives an order to the account of a budget. Never blocks; completes on any thread, which must not wait. Fails when the
     * account can't be reached: whether the order was carried out is then not known, and it may be given again.
     */
    CompletionStage<Reply> give(String budget, Order order);

    /** Forgets an account, for its budget is gone. */
    void forget(String budget);

    /** What time it is for all accounts, in milliseconds since 1970. */
    long now();
}
