package dev.weir.turn;

import java.time.Duration;

/**
 * How turns are run.
 *
 * @param maxRunning the most branches running on this node at once
 * @param maxDuration an answer that takes longer is ended as failed
 * @param retries how often a busy model is asked again before the first delta
 * @param maxRetryWait the longest wait for a busy model; when it asks for more, the branch fails at once
 * @param flushEvery how often the text so far is kept in the database
 */
public record TurnSettings(
        int maxRunning, Duration maxDuration, int retries, Duration maxRetryWait, Duration flushEvery) {

    public static final TurnSettings DEFAULT =
            new TurnSettings(1000, Duration.ofMinutes(30), 2, Duration.ofSeconds(20), Duration.ofMillis(500));
}
