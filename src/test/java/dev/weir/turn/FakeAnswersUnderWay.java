package dev.weir.turn;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the nodes of a cluster would know, in one. */
final class FakeAnswersUnderWay implements AnswersUnderWay {

    private final ConcurrentMap<String, AnswerUnderWay> answers = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Void> put(AnswerUnderWay answer) {
        answers.put(answer.branch(), answer);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void remove(String branch) {
        answers.remove(branch);
    }

    @Override
    public void forget(AnswerUnderWay answer) {
        answers.remove(answer.branch(), answer);
    }

    @Override
    public Optional<AnswerUnderWay> find(String branch) {
        return Optional.ofNullable(answers.get(branch));
    }

    @Override
    public List<AnswerUnderWay> all() {
        return List.copyOf(answers.values());
    }

    @Override
    public boolean claim(AnswerUnderWay answer, String node) {
        return answers.replace(answer.branch(), answer, answer.ownedBy(node));
    }
}
