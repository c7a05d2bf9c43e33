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

    /** The provider's own figures, in tokens. */
    public record ReportedUsage(long inputTokens, long outputTokens) {}
}
