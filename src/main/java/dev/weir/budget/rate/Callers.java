package dev.weir.budget.rate;

import dev.weir.budget.rate.Buckets.Take;
import java.util.concurrent.CompletionStage;

/** The buckets of all callers, wherever they are kept. Thread-safe. */
public interface Callers {

    /** Takes from a caller's buckets, which are full for one who is new. Never blocks. */
    CompletionStage<Rate> take(String caller, Take take);

    /** What time it is for all buckets, in milliseconds since 1970. */
    long now();
}
