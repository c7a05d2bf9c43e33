package dev.weir.boot;

import dev.weir.budget.Alerts;
import dev.weir.budget.BudgetLedger;
import dev.weir.budget.BudgetStore;
import dev.weir.budget.Budgets;
import dev.weir.budget.Consumption;
import dev.weir.budget.Ledger;
import dev.weir.budget.Upkeep;
import dev.weir.budget.account.Accounts;
import dev.weir.turn.NodeId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Makes the ledger from the configuration, and keeps it going. */
@ApplicationScoped
public class Budgeting {

    @Inject
    Budgets budgets;

    @Inject
    BudgetStore store;

    @Inject
    Accounts accounts;

    @Inject
    Alerts alerts;

    @Inject
    Consumption consumption;

    @Inject
    NodeId node;

    @Inject
    @ConfigProperty(name = "weir.budget.lease-tokens", defaultValue = "256")
    int step;

    private @Nullable BudgetLedger made;
    private @Nullable Upkeep upkeep;

    @Produces
    @ApplicationScoped
    Ledger ledger() {
        return made();
    }

    private synchronized BudgetLedger made() {
        BudgetLedger ledger = made;
        if (ledger == null) {
            if (step < 2 || step > 100_000) {
                throw new IllegalArgumentException("weir.budget.lease-tokens is " + step + ". Use 2 to 100000.");
            }
            ledger = BudgetLedger.of(budgets, store, accounts, alerts, consumption, node::id, step);
            made = ledger;
        }
        return ledger;
    }

    synchronized void start() {
        upkeep = new Upkeep(made());
        upkeep.start();
    }

    synchronized void stop(Duration grace) {
        Upkeep running = upkeep;
        if (running != null) {
            running.stop(grace);
        }
    }
}
