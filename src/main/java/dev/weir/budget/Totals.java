package dev.weir.budget;

import dev.weir.event.Usage;

/**
 * Sums over answers.
 *
 * @param answers that have ended
 * @param inputTokens of these, those that were cached included
 * @param outputTokens of these, those that were only thought included
 * @param micros the price of these, in millionths of a US dollar
 * @param running output tokens of answers that are being written, as estimated
 */
public record Totals(
        long answers,
        long inputTokens,
        long cachedInputTokens,
        long outputTokens,
        long reasoningTokens,
        long micros,
        long running) {

    public static final Totals ZERO = new Totals(0, 0, 0, 0, 0, 0, 0);

    Totals plus(Usage usage) {
        return new Totals(
                answers + 1,
                inputTokens + usage.inputTokens(),
                cachedInputTokens + usage.cachedInputTokens(),
                outputTokens + usage.outputTokens(),
                reasoningTokens + usage.reasoningTokens(),
                micros + usage.micros(),
                running);
    }

    /** What ended answers have used, as one; without telling what was cached or thought. */
    public Usage usage() {
        return new Usage(inputTokens, outputTokens, micros, false);
    }

    Totals running(long tokens) {
        return new Totals(
                answers, inputTokens, cachedInputTokens, outputTokens, reasoningTokens, micros, running + tokens);
    }
}
