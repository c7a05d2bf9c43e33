package dev.weir.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import dev.weir.turn.NodeCalls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Questions to other nodes, on a Hazelcast executor, as JSON. */
@ApplicationScoped
public class HazelcastNodeCalls implements NodeCalls {

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastNodeCalls() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastNodeCalls(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public <Q, A> CompletionStage<A> ask(String other, Question<Q, A> what, Q question) {
        HazelcastInstance hazelcast = node.instance();
        CompletableFuture<A> answer = new CompletableFuture<>();
        Optional<Member> member = hazelcast.getCluster().getMembers().stream()
                .filter(it -> other.equals(it.getAttribute(GridConfig.ID)))
                .findFirst();
        if (member.isEmpty()) {
            answer.completeExceptionally(gone(other));
            return answer;
        }
        CallTask task = new CallTask(what.name(), GridJson.write(question));
        try {
            hazelcast
                    .getExecutorService(GridConfig.CALLS)
                    .submitToMember(task, member.get(), new Answer<>(other, what.answer(), answer));
        } catch (RejectedExecutionException | HazelcastInstanceNotActiveException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static NodeGone gone(String node) {
        return new NodeGone("Node " + node + " is not there to answer.");
    }

    /** Waits for the answer of a node. */
    private record Answer<A>(String node, Class<A> type, CompletableFuture<A> answer)
            implements ExecutionCallback<@Nullable String> {

        @Override
        public void onResponse(@Nullable String json) {
            try {
                if (json == null) {
                    answer.completeExceptionally(gone(node));
                } else {
                    answer.complete(GridJson.read(json, type));
                }
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        }

        @Override
        public void onFailure(Throwable failure) {
            boolean left = failure instanceof MemberLeftException || failure instanceof TargetNotMemberException;
            answer.completeExceptionally(left ? gone(node) : failure);
        }
    }

    @Override
    public <Q, A> void answer(Question<Q, A> what, Function<Q, A> by) {
        node.whenStarted(started -> CallTask.answerBy(
                started, what.name(), question -> GridJson.write(by.apply(GridJson.read(question, what.question())))));
    }
}
