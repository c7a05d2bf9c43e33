package dev.weir.turn;

import dev.weir.turn.NodeCalls.Question;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a node that goes on with an answer where this one can't. Methods block. Thread-safe. */
@ApplicationScoped
class Heirs {

    private static final Logger LOG = LoggerFactory.getLogger(Heirs.class);
    private static final Question<String, Boolean> TAKE = new Question<>("answer-take", String.class, Boolean.class);
    private static final long PATIENCE_SECONDS = 10;

    private final Runners runners;
    private final NodeCalls calls;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Heirs() {
        this(null, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    Heirs(@Nullable Runners runners, @Nullable NodeCalls calls) {
        this.runners = runners;
        this.calls = calls;
    }

    /** Has this node go on with answers, by their branch, when others ask it to; false where it can't. */
    void listen(Predicate<String> take) {
        calls.answer(TAKE, take::test);
    }

    /** Whether there is any. */
    boolean isThereFor(String model) {
        return !runners.of(List.of(model)).isEmpty();
    }

    /** Has another node go on with an answer; false when there is none that can. */
    boolean give(AnswerUnderWay answer) {
        for (NodeState node : runners.of(List.of(answer.model()))) {
            runners.sentTo(node);
            if (ask(node, answer)) {
                LOG.info("Turn {}: goes on at node {}", answer.turn(), node.node());
                return true;
            }
        }
        return false;
    }

    private boolean ask(NodeState node, AnswerUnderWay answer) {
        try {
            return calls.ask(node.node(), TAKE, answer.branch())
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Turn {}: node {} does not go on with it", answer.turn(), node.node(), e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
