package dev.weir.budget.simulation;

import dev.weir.budget.Budget;
import dev.weir.budget.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one budget would have done. Amounts are in its unit.
 *
 * @param simulated false for one of answers at a time: bills don't say when answers began
 * @param answers that counted in it
 * @param used by these, as they were
 * @param charged to it, had it held; other budgets and other models may make it less or more
 * @param refused answers that it would not have let begin
 * @param cut answers that it would have ended early
 * @param degraded answers for which it would have had another model asked
 * @param switched answers with which it would have had another model go on
 * @param periods how many periods had answers; those of a rolling budget are days
 * @param reached in how many of them the limit was reached
 * @param stretches the periods in the order of time: all, when they are at most {@value #MOST}; else those in which the
 *     limit was reached, and the first so many of them
 */
public record Trial(
        Budget budget,
        boolean simulated,
        long answers,
        long used,
        long charged,
        long refused,
        long cut,
        long degraded,
        long switched,
        long periods,
        long reached,
        List<Stretch> stretches) {

    public static final int MOST = 100;

    public Trial {
        stretches = List.copyOf(stretches);
    }

    /**
     * One period.
     *
     * @param used as it was
     * @param charged had the budget held
     * @param refused answers
     * @param reachedAt the first moment at which there was too little or nothing left
     */
    public record Stretch(Window window, long used, long charged, long refused, Optional<Instant> reachedAt) {}
}
