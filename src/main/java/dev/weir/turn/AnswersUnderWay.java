package dev.weir.turn;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The answers that are being written by any node of the cluster, or of which the database lacks the end or the bill, known to
 * all of them. Thread-safe.
 */
public interface AnswersUnderWay {

    /** Nobody else wants to know. */
    AnswersUnderWay NONE = new AnswersUnderWay() {
        @Override
        public CompletionStage<Void> put(AnswerUnderWay answer) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void remove(String branch) {}

        @Override
        public void forget(AnswerUnderWay answer) {}

        @Override
        public Optional<AnswerUnderWay> find(String branch) {
            return Optional.empty();
        }

        @Override
        public List<AnswerUnderWay> all() {
            return List.of();
        }

        @Override
        public boolean claim(AnswerUnderWay answer, String node) {
            return false;
        }
    };

    /** Tells of an answer, or of its new state; completes when a second node knows, at once where there is none. */
    CompletionStage<Void> put(AnswerUnderWay answer);

    /** The database has its end and its bill. Does not block. */
    void remove(String branch);

    /** Nothing is left to be done for it: it is forgotten, unless its state is another one by now. Blocks. */
    void forget(AnswerUnderWay answer);

    /** One of them; empty when it is not under way, or only a node knows it that is alone. Blocks. */
    Optional<AnswerUnderWay> find(String branch);

    /** All of them, without those that only a node knows that is alone. Blocks. */
    List<AnswerUnderWay> all();

    /** Makes a node the owner of an answer, unless it has another owner by now than it says here. Blocks. */
    boolean claim(AnswerUnderWay answer, String node);
}
