package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Event.Verdict;
import dev.weir.event.Usage;
import dev.weir.model.Finish;
import dev.weir.model.ModelFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * Is told of one branch: any number of deltas and retries, one call at a time, and then exactly one end, perhaps on
 * another thread, after them. Never given any text.
 */
public interface BranchObserver {

    /** Hears nothing. */
    BranchObserver NONE = ended -> {};

    /**
     * The model's first delta came in.
     *
     * @param nanos since the branch began
     */
    default void firstDelta(long nanos) {}

    /**
     * Text was let through to the log. Called for each delta, so it must cost next to nothing.
     *
     * @param characters of it, at least 1
     * @param outputTokens of the branch so far, as estimated while it streams
     */
    default void delta(int characters, long outputTokens) {}

    /** The model is busy and will be asked again after this wait. */
    default void retry(ModelFailure.Kind why, Duration wait) {}

    /** A guard has decided something, at this place of the text. */
    default void verdict(String interceptor, Verdict.Decision decision, String rule) {}

    /** The branch has ended, and its end is in the log. */
    void ended(Ended how);

    /**
     * How a branch ended.
     *
     * @param answer outcome, usage, timing; its price is that of other models too, that were used beside it
     * @param own what was used of the answer's own model
     * @param finish what the model gave as its reason; empty when it did not finish
     * @param failure how the model failed; empty when it did not
     */
    record Ended(Event.Answer answer, Usage own, Optional<Finish.Reason> finish, Optional<ModelFailure.Kind> failure) {}
}
