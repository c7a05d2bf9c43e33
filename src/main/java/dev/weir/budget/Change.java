package dev.weir.budget;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a budget is to change; {@code null}: nothing. */
public record Change(
        @Nullable String name,
        @Nullable Long limit,
        @Nullable List<Integer> warnAt,
        @Nullable AtLimit atLimit,
        @Nullable Boolean paused) {

    /** Only the limit. */
    public static Change limit(long limit) {
        return new Change(null, limit, null, null, null);
    }

    /** Only whether it is paused. */
    public static Change paused(boolean paused) {
        return new Change(null, null, null, null, paused);
    }
}
