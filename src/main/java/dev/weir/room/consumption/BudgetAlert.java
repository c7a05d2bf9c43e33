package dev.weir.room.consumption;

import dev.weir.budget.Alerts.Alert;
import dev.weir.budget.Alerts.Kind;
import dev.weir.budget.Amounts;
import dev.weir.budget.Budget;
import dev.weir.budget.Payer;

/**
 * Something that a budget did. Travels between nodes.
 *
 * @param at in milliseconds since 1970
 * @param organisation the one whose budget it is; empty for one of the installation
 * @param percent of the limit that was taken then
 * @param limit in words
 * @param payer whose answer it concerned
 */
public record BudgetAlert(
        long at, Kind kind, String budget, String name, String organisation, int percent, String limit, Payer payer) {

    static BudgetAlert of(Alert alert) {
        Budget budget = alert.standing().budget();
        return new BudgetAlert(
                alert.at().toEpochMilli(),
                alert.kind(),
                budget.id(),
                budget.name(),
                budget.organisation(),
                alert.standing().percent(),
                Amounts.words(budget.unit(), budget.limit()),
                alert.payer());
    }
}
