package dev.weir.cluster;

import dev.weir.budget.rate.Buckets;
import dev.weir.budget.rate.Buckets.Take;
import dev.weir.budget.rate.Callers;
import dev.weir.budget.rate.Rate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Callers' buckets in a Hazelcast map, until they have not been used for an hour. */
@ApplicationScoped
public class HazelcastRates implements Callers {

    static final String MAP = "caller-rates";

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastRates() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastRates(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public CompletionStage<Rate> take(String caller, Take take) {
        try {
            return node.instance().<String, Buckets>getMap(MAP).submitToKey(caller, new RateTask(take));
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    @Override
    public long now() {
        return node.instance().getCluster().getClusterTime();
    }
}
