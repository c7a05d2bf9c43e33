package dev.weir.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.MemberLeftException;
import dev.weir.turn.EndOrder;
import dev.weir.turn.OtherNodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Orders to other nodes, on a Hazelcast executor. */
@ApplicationScoped
public class HazelcastOtherNodes implements OtherNodes {

    private static final String END = "end-orders";

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastOtherNodes() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastOtherNodes(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public CompletionStage<Void> tell(EndOrder order) {
        return tell(node, new CallTask(END, GridJson.write(order)));
    }

    /** Has every other node do a task; completes when all have, or have gone. */
    static CompletionStage<Void> tell(HazelcastNode node, CallTask task) {
        if (node.isAlone()) {
            return CompletableFuture.completedStage(null);
        }
        HazelcastInstance hazelcast = node.instance();
        Cluster cluster = hazelcast.getCluster();
        IExecutorService executor = hazelcast.getExecutorService(GridConfig.ORDERS);
        List<CompletableFuture<?>> told = new ArrayList<>();
        for (Member member : cluster.getMembers()) {
            if (!member.localMember()) {
                told.add(tell(executor, member, task));
            }
        }
        return CompletableFuture.allOf(told.toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<?> tell(IExecutorService executor, Member member, CallTask task) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        executor.submitToMember(task, member, new ExecutionCallback<@Nullable String>() {
            @Override
            public void onResponse(@Nullable String obeyed) {
                done.complete(true);
            }

            @Override
            public void onFailure(Throwable failure) {
                if (failure instanceof MemberLeftException) {
                    done.complete(false);
                } else {
                    done.completeExceptionally(failure);
                }
            }
        });
        return done;
    }

    @Override
    public void listen(Consumer<EndOrder> obey) {
        node.whenStarted(started -> CallTask.obeyBy(started, END, EndOrder.class, obey));
    }
}
