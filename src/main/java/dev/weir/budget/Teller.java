package dev.weir.budget;

import dev.weir.budget.account.Accounts;
import dev.weir.budget.account.Order;
import dev.weir.budget.account.Reply;
import dev.weir.budget.account.Seed;
import dev.weir.budget.account.Terms;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Gives orders to accounts; one that nobody remembers begins with what is kept of it. Thread-safe. */
final class Teller {

    private static final long PATIENCE_SECONDS = 10;

    private final BudgetStore store;
    private final Accounts accounts;
    private final Executor executor;

    Teller(BudgetStore store, Accounts accounts) {
        this(store, accounts, Thread::startVirtualThread);
    }

    /** @param executor where the database is asked */
    Teller(BudgetStore store, Accounts accounts, Executor executor) {
        this.store = store;
        this.accounts = accounts;
        this.executor = executor;
    }

    long now() {
        return accounts.now();
    }

    /** Never blocks. */
    CompletableFuture<Reply> give(String budget, Order order) {
        return accounts.give(budget, order)
                .toCompletableFuture()
                .thenCompose(it -> it.result() == Reply.Result.UNKNOWN
                        ? CompletableFuture.supplyAsync(
                                        () -> order.with(store.seed(budget).orElse(Seed.NONE)), executor)
                                .thenCompose(
                                        again -> accounts.give(budget, again).toCompletableFuture())
                        : CompletableFuture.completedFuture(it));
    }

    Standing standing(Budget budget) {
        return standings(List.of(budget)).getFirst();
    }

    List<Standing> standings(List<Budget> budgets) {
        long now = now();
        List<CompletableFuture<Reply>> replies = budgets.stream()
                .map(it -> give(it.id(), Order.look(now, Terms.of(it))).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .toList();
        return java.util.stream.IntStream.range(0, budgets.size())
                .mapToObj(it -> standing(budgets.get(it), replies.get(it).join()))
                .toList();
    }

    static Standing standing(Budget budget, Reply reply) {
        return new Standing(
                budget,
                reply.charged(),
                reply.held(),
                reply.corrected(),
                reply.window(),
                reply.refused(),
                reply.corrections(),
                reply.expired());
    }

    void forget(String budget) {
        accounts.forget(budget);
    }
}
