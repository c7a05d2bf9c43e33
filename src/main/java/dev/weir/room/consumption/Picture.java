package dev.weir.room.consumption;

import dev.weir.budget.Consumption.By;
import java.util.List;
import java.util.Map;

/**
 * What is being used, for one who watches; all lists are short.
 *
 * @param at in milliseconds since 1970
 * @param nodes how many there are
 * @param silent how many of them did not answer in time, and are missing here
 * @param running answers that are being written
 * @param series how fast is used, by user, organisation, model and room
 * @param writing the dearest of what is being written, the oldest first
 * @param today what was used today, by nobody in particular
 * @param spenders who or what has used most today, the dearest first
 * @param budgets those that are nearest to their limits
 * @param budgetsInAll how many the one who watches may see
 * @param alerts what budgets did lately, the newest first
 */
public record Picture(
        long at,
        int nodes,
        int silent,
        int running,
        Map<By, List<Series>> series,
        List<Writing> writing,
        Spender today,
        Map<By, List<Spender>> spenders,
        List<BudgetCourse> budgets,
        int budgetsInAll,
        List<BudgetAlert> alerts) {

    /** Series beside that of all others. */
    public static final int MOST_SERIES = 5;

    public static final int MOST_WRITING = 50;
    public static final int MOST_SPENDERS = 10;
    public static final int MOST_BUDGETS = 12;
    public static final int MOST_ALERTS = 30;

    /** By what consumption is shown. */
    public static final List<By> SPLITS = List.of(By.USER, By.ORGANISATION, By.MODEL, By.ROOM);
}
