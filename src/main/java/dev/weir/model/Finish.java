package dev.weir.model;

import java.util.Optional;

/** How the provider says that an answer ended. */
public record Finish(Reason reason, Optional<ReportedUsage> usage) {

    /** Why the model stopped. */
    public enum Reason {
        /** It had said everything. */
        STOP,
        /** It reached its own limit of output tokens. */
        LENGTH,
        /** The provider's own filter cut it. */
        CONTENT_FILTER,
        /** Anything else the provider says. */
        OTHER
    }

    /**
     * The provider's own figures, in tokens, as it sent them.
     *
     * @param cachedInputTokens those of the input that it had at hand; 0 when it does not say
     * @param reasoningTokens those of the output that were thought and not said; 0 when it does not say
     */
    public record ReportedUsage(long inputTokens, long cachedInputTokens, long outputTokens, long reasoningTokens) {

        public ReportedUsage(long inputTokens, long outputTokens) {
            this(inputTokens, 0, outputTokens, 0);
        }
    }
}
