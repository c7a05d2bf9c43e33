package dev.weir.budget.account;

import dev.weir.budget.Window;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What an account says after an order.
 *
 * @param granted what is held now for the answer, 0 when it was refused; how many holds were kept, when they were renewed
 * @param left what could be held beside that
 * @param window of the period that runs; for a rolling one, its end is when the oldest part of what was charged stops to
 *     count
 * @param crossed the highest percent of the warnings that was reached by this order first in this period; 0 for none
 * @param charge what is to be kept of the account; none when nothing was charged by this order
 */
public record Reply(
        Result result,
        long granted,
        long left,
        long charged,
        long held,
        long corrected,
        Window window,
        int crossed,
        long refused,
        long corrections,
        long expired,
        @Nullable Seed charge)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** What came of it. */
    public enum Result {
        DONE,
        /** There is not so much left. */
        REFUSED,
        /** The answer has been settled, or another node has taken it over. */
        OVER,
        /** Nobody remembers the account: the order is to be given again with a seed. */
        UNKNOWN
    }

    static final Reply UNKNOWN = new Reply(Result.UNKNOWN, 0, 0, 0, 0, 0, Window.ALWAYS, 0, 0, 0, 0, null);
}
