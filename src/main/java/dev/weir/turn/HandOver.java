package dev.weir.turn;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the answers of a node that is being drained to others. Thread-safe. */
@ApplicationScoped
public class HandOver {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    private final Turns turns;
    private final AnswersUnderWay underWay;
    private final Heirs heirs;
    private final Takeovers takeovers;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HandOver() {
        this(null, null, null, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    HandOver(
            @Nullable Turns turns,
            @Nullable AnswersUnderWay underWay,
            @Nullable Heirs heirs,
            @Nullable Takeovers takeovers) {
        this.turns = turns;
        this.underWay = underWay;
        this.heirs = heirs;
        this.takeovers = takeovers;
    }

    /**
     * Has other nodes go on with all that is being written here. What no other node can go on with is written to its end
     * here. Blocks.
     */
    public void all() {
        Map<String, AnswerUnderWay> known = underWay.all().stream()
                .collect(Collectors.toMap(AnswerUnderWay::branch, Function.identity(), (one, same) -> one));
        for (String branch : turns.branches()) {
            AnswerUnderWay answer = known.get(branch);
            if (answer != null && heirs.isThereFor(answer.model())) {
                handOver(answer);
            }
        }
    }

    private void handOver(AnswerUnderWay answer) {
        if (turns.giveAway(answer.branch()) && !heirs.give(answer)) {
            LOG.warn("Turn {}: no other node goes on with it, so it goes on here", answer.turn());
            takeovers.takeBack(answer);
        }
    }
}
