package dev.weir.budget.account;

import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Accounts in the memory of one process. */
public final class MemoryAccounts implements Accounts {

    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public MemoryAccounts(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<Reply> give(String budget, Order order) {
        @Nullable Reply[] reply = new Reply[1];
        accounts.compute(budget, (id, before) -> {
            Account.Outcome outcome = Account.obey(before, order);
            reply[0] = outcome.reply();
            return outcome.account();
        });
        return CompletableFuture.completedStage(reply[0]);
    }

    @Override
    public void forget(String budget) {
        accounts.remove(budget);
    }

    @Override
    public long now() {
        return clock.millis();
    }
}
