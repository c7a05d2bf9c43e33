package dev.weir.cluster;

import com.hazelcast.map.IMap;
import dev.weir.turn.AnswerUnderWay;
import dev.weir.turn.AnswersUnderWay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The answers under way in a Hazelcast map, as JSON, with one backup. A node that is alone keeps them to itself. */
@ApplicationScoped
public class HazelcastAnswersUnderWay implements AnswersUnderWay {

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastAnswersUnderWay() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastAnswersUnderWay(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public CompletionStage<Void> put(AnswerUnderWay answer) {
        return node.isAlone() ? CompletableFuture.completedStage(null) : map().setAsync(answer.branch(), write(answer));
    }

    @Override
    public void remove(String branch) {
        map().deleteAsync(branch); // also alone: it may stand there from when there were others
    }

    @Override
    public void forget(AnswerUnderWay answer) {
        map().remove(answer.branch(), write(answer));
    }

    @Override
    public Optional<AnswerUnderWay> find(String branch) {
        return Optional.ofNullable(map().get(branch)).map(HazelcastAnswersUnderWay::read);
    }

    @Override
    public List<AnswerUnderWay> all() {
        return map().values().stream().map(HazelcastAnswersUnderWay::read).toList();
    }

    @Override
    public boolean claim(AnswerUnderWay answer, String owner) {
        String claimed = write(answer.ownedBy(owner));
        // The grid may have done it, and again when the node that did it died before it said so: then it says false.
        return map().replace(answer.branch(), write(answer), claimed) || claimed.equals(map().get(answer.branch()));
    }

    private IMap<String, String> map() {
        return node.instance().getMap("answers-under-way");
    }

    private static String write(AnswerUnderWay answer) {
        return GridJson.write(answer);
    }

    private static AnswerUnderWay read(String json) {
        return GridJson.read(json, AnswerUnderWay.class);
    }
}
