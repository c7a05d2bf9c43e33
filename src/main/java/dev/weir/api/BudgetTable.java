package dev.weir.api;

import dev.weir.budget.Amounts;
import dev.weir.budget.Budget;
import dev.weir.budget.Reach;
import dev.weir.budget.Standing;
import dev.weir.budget.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Budgets as a table, in the words of {@link BudgetJson}. */
final class BudgetTable {

    private BudgetTable() {}

    static Csv of(List<Standing> budgets) {
        Csv csv = new Csv(List.of(
                "id",
                "name",
                "org",
                "user",
                "key",
                "room",
                "model",
                "unit",
                "period",
                "time-zone",
                "limit",
                "charged",
                "held",
                "corrected",
                "left",
                "percent",
                "resets-at",
                "warn-at",
                "at-limit",
                "state",
                "refused"));
        budgets.forEach(it -> csv.row(cells(it)));
        return csv;
    }

    private static List<String> cells(Standing standing) {
        Budget budget = standing.budget();
        Reach reach = budget.reach();
        boolean lasts = budget.unit() == Unit.CONCURRENT_TURNS;
        return List.of(
                budget.id(),
                budget.name(),
                reach.organisation(),
                reach.user(),
                reach.key(),
                reach.room(),
                reach.model(),
                budget.unit().word(),
                lasts ? "" : budget.period().word(),
                budget.zone().getId(),
                amount(budget, budget.limit()),
                amount(budget, standing.charged()),
                amount(budget, standing.held()),
                amount(budget, standing.corrected()),
                amount(budget, standing.left()),
                Integer.toString(standing.percent()),
                lasts ? "" : Instant.ofEpochMilli(standing.window().end()).toString(),
                budget.warnAt().stream().map(it -> it + "%").collect(Collectors.joining(" ")),
                budget.atLimit().word(),
                standing.state().name().toLowerCase(Locale.ROOT),
                Long.toString(standing.refused()));
    }

    private static String amount(Budget budget, long amount) {
        return Amounts.text(budget.unit(), amount);
    }
}
