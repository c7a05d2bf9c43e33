package dev.weir.turn;

import dev.weir.model.NodeRoles;
import java.time.Duration;
import org.eclipse.microprofile.config.Config;

/**
 * How turns are run.
 *
 * @param maxRunning the most branches running on this node at once
 * @param maxDuration an answer that takes longer is ended as failed
 * @param retries how often a busy model is asked again before the first delta
 * @param maxRetryWait the longest wait for a busy model; when it asks for more, the branch fails at once
 * @param flushEvery how often the text so far is kept in the database
 * @param maxWaiting the most branches that wait for a place beside them; 0: who finds no place is refused
 * @param maxWait a branch that has waited longer for a place is ended as failed
 */
public record TurnSettings(
        int maxRunning,
        Duration maxDuration,
        int retries,
        Duration maxRetryWait,
        Duration flushEvery,
        int maxWaiting,
        Duration maxWait) {

    public static final TurnSettings DEFAULT =
            new TurnSettings(1000, Duration.ofMinutes(30), 2, Duration.ofSeconds(20), Duration.ofMillis(500));

    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    /** How many wait where turns come from other nodes, when nothing else is set. */
    private static final int WAITING_OF_OTHERS = 200;

    /** Settings with which nobody waits for a place. */
    public TurnSettings(int maxRunning, Duration maxDuration, int retries, Duration maxRetryWait, Duration flushEvery) {
        this(maxRunning, maxDuration, retries, maxRetryWait, flushEvery, 0, MAX_WAIT);
    }

    static TurnSettings of(Config config) {
        TurnSettings byDefault = DEFAULT;
        int maxWaiting = NodeRoles.of(config).edge() ? 0 : WAITING_OF_OTHERS;
        return new TurnSettings(
                config.getOptionalValue("weir.turn.max-running", Integer.class).orElse(byDefault.maxRunning()),
                config.getOptionalValue("weir.turn.max-duration", Duration.class)
                        .orElse(byDefault.maxDuration()),
                config.getOptionalValue("weir.turn.retries", Integer.class).orElse(byDefault.retries()),
                config.getOptionalValue("weir.turn.max-retry-wait", Duration.class)
                        .orElse(byDefault.maxRetryWait()),
                config.getOptionalValue("weir.log.flush-every", Duration.class).orElse(byDefault.flushEvery()),
                config.getOptionalValue("weir.turn.max-waiting", Integer.class).orElse(maxWaiting),
                config.getOptionalValue("weir.turn.max-wait", Duration.class).orElse(byDefault.maxWait()));
    }
}
