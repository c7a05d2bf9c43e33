package dev.weir.cluster;

import com.hazelcast.map.IMap;
import dev.weir.budget.account.Account;
import dev.weir.budget.account.Accounts;
import dev.weir.budget.account.Order;
import dev.weir.budget.account.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The accounts of budgets in a Hazelcast map with one backup. Orders go to them. The time is that of the cluster. */
@ApplicationScoped
public class HazelcastAccounts implements Accounts {

    static final String MAP = "budget-accounts";

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastAccounts() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastAccounts(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public CompletionStage<Reply> give(String budget, Order order) {
        try {
            return map().submitToKey(budget, new AccountTask(order));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public void forget(String budget) {
        map().deleteAsync(budget);
    }

    @Override
    public long now() {
        return node.instance().getCluster().getClusterTime();
    }

    private IMap<String, Account> map() {
        return node.instance().getMap(MAP);
    }
}
