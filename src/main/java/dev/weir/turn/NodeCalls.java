package dev.weir.turn;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What one node can ask of another. Thread-safe. */
public interface NodeCalls {

    /** There is no other node. */
    NodeCalls NONE = new NodeCalls() {
        @Override
        public <Q, A> CompletionStage<A> ask(String node, Question<Q, A> what, Q question) {
            return CompletableFuture.failedStage(new NodeGone("There is no other node."));
        }

        @Override
        public <Q, A> void answer(Question<Q, A> what, Function<Q, A> by) {}
    };

    /**
     * Something that can be asked. Questions and answers travel as JSON: records of texts, numbers, lists and such records.
     *
     * @param name the same on all nodes
     */
    record Question<Q, A>(String name, Class<Q> question, Class<A> answer) {}

    /**
     * Asks a node, which may be this one. Does not block.
     *
     * @return its answer; fails with {@link NodeGone} when there is no such node any more, or it can't answer such a thing
     *     yet, and otherwise when it could not answer
     */
    <Q, A> CompletionStage<A> ask(String node, Question<Q, A> what, Q question);

    /** Has this node answer such questions, on threads that may wait for some seconds. */
    <Q, A> void answer(Question<Q, A> what, Function<Q, A> by);

    /** The node is not there to answer; perhaps it has done what it was asked for. */
    final class NodeGone extends RuntimeException {

        private static final long serialVersionUID = 1;

        public NodeGone(String message) {
            super(message);
        }
    }
}
