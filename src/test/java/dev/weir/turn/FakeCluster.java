package dev.weir.turn;

import dev.weir.model.ModelSpec;
import dev.weir.turn.NodeCalls.NodeGone;
import dev.weir.turn.NodeCalls.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Nodes that can ask each other, without a network. */
final class FakeCluster implements NodeStates {

    final List<NodeState> states = new ArrayList<>();

    /** What was asked: {@code node question}. */
    final List<String> asked = new ArrayList<>();

    private final Set<String> dying = new HashSet<>();
    private final Map<String, Map<String, Function<Object, Object>>> answers = new HashMap<>();

    /** A node that runs turns, and how it stands. */
    void runner(String id, int turns, boolean draining, ModelSpec... models) {
        states.removeIf(it -> it.node().equals(id));
        states.add(new NodeState(id, 0, "inference", 0, List.of(models), draining, turns, 0, 10, 0, 0, 0, 0, ""));
    }

    @Override
    public List<NodeState> all() {
        return List.copyOf(states);
    }

    @Override
    public void tell(Supplier<NodeState> own) {}

    /** What a node asks and answers with. */
    NodeCalls calls(String self) {
        return new NodeCalls() {
            @Override
            public <Q, A> CompletionStage<A> ask(String node, Question<Q, A> what, Q question) {
                asked.add(node + " " + what.name());
                Function<Object, Object> answer =
                        answers.getOrDefault(node, Map.of()).get(what.name());
                if (answer == null) {
                    return CompletableFuture.failedStage(new NodeGone("Node " + node + " has gone."));
                }
                A said = what.answer().cast(answer.apply(question));
                return dying.contains(node)
                        ? CompletableFuture.failedStage(new NodeGone("Node " + node + " has gone."))
                        : CompletableFuture.completedStage(said);
            }

            @Override
            public <Q, A> void answer(Question<Q, A> what, Function<Q, A> by) {
                answers.computeIfAbsent(self, it -> new HashMap<>())
                        .put(what.name(), it -> by.apply(what.question().cast(it)));
            }
        };
    }

    /** The node does what it is asked, and is gone before it can say so. */
    void dieAfterAnswering(String id) {
        dying.add(id);
    }

    /** The node answers no more, and the others don't know it yet. */
    void kill(String id) {
        answers.remove(id);
    }
}
