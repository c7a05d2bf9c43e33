package dev.weir.turn;

import dev.weir.event.Usage;
import dev.weir.model.Finish.ReportedUsage;
import dev.weir.model.ModelFailure;
import dev.weir.model.ModelSpec.Price;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.pipeline.Tokens;
import java.util.List;
import java.util.Optional;

/** What an answer used: the provider's own figures where they can be right, else our count. */
final class Metering {

    /** A provider that reports more has made a mistake, and our own count is used. */
    private static final long MOST_TOKENS = 1_000_000_000;

    /** The tokens that mark the role of a line. */
    private static final long PER_LINE = 4;

    private Metering() {}

    /**
     * @param asked what was sent to the model; empty when it was not asked, or the provider has refused it
     * @param counted output tokens by our own count
     */
    static Usage usage(Price price, Optional<ReportedUsage> told, List<Line> asked, long counted) {
        Optional<ReportedUsage> reported = told.filter(Metering::isCredible);
        long input = reported.map(ReportedUsage::inputTokens).orElseGet(() -> tokens(asked));
        long output = reported.map(ReportedUsage::outputTokens).orElse(counted);
        long cached = part(reported.map(ReportedUsage::cachedInputTokens), input);
        long reasoning = part(reported.map(ReportedUsage::reasoningTokens), output);
        return new Usage(input, cached, output, reasoning, price.micros(input, cached, output), reported.isEmpty());
    }

    /** A part is never more than the whole, nor less than nothing, whatever the provider says. */
    private static long part(Optional<Long> told, long whole) {
        return Math.clamp(told.orElse(0L), 0, whole);
    }

    /** Whether a provider that fails so before its first delta has done nothing that it bills. */
    static boolean isRefusal(ModelFailure.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, UNAUTHORISED, REJECTED, RATE_LIMITED, PROVIDER_ERROR -> true;
            case CUT, STALLED -> false;
        };
    }

    private static boolean isCredible(ReportedUsage usage) {
        return Math.min(usage.inputTokens(), usage.outputTokens()) >= 0
                && Math.max(usage.inputTokens(), usage.outputTokens()) <= MOST_TOKENS;
    }

    /** An estimate of what a provider counts of a prompt; images are not in it. */
    static long tokens(List<Line> lines) {
        return lines.stream()
                .mapToLong(it -> Tokens.count(it.text()) + PER_LINE)
                .sum();
    }
}
