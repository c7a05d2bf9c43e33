package dev.weir.budget;

import dev.weir.budget.account.Accounts;
import dev.weir.budget.account.MemoryAccounts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A ledger in memory. */
public final class BudgetRig {

    public final MemoryBudgets store = new MemoryBudgets();
    public final Alerts alerts = new Alerts();
    public final Consumption consumption = new Consumption();
    public final Budgets budgets;
    public final BudgetLedger ledger;
    final Accounts accounts;

    public BudgetRig(InstantSource clock) {
        this(clock, 16);
    }

    /** @param step output tokens that are leased at a time */
    public BudgetRig(InstantSource clock, int step) {
        this(new MemoryAccounts(clock), clock, step);
    }

    BudgetRig(Accounts accounts, InstantSource clock, int step) {
        this.accounts = accounts;
        Teller teller = new Teller(store, accounts, Runnable::run);
        budgets = new Budgets(store, BudgetNews.ALONE, teller, clock);
        ledger = new BudgetLedger(budgets, teller, new Books(store), alerts, consumption, () -> "n1", step);
    }

    public Budget budget(Unit unit, long limit, AtLimit atLimit) {
        return budgets.create(
                new Draft("B", Reach.ALL, unit, limit, Period.Calendar.MONTH, List.of(80), atLimit, false));
    }

    public Standing standing(Budget budget) {
        return budgets.standings(List.of(budgets.find(budget.id()).orElseThrow()))
                .getFirst();
    }

    /** As another start of everything: what was in memory is gone. */
    public BudgetRig restarted(InstantSource clock) {
        ledger.flush();
        BudgetRig after = new BudgetRig(clock);
        store.all().forEach(after.store::insert);
        store.all()
                .forEach(it ->
                        store.seed(it.id()).ifPresent(seed -> after.store.keep(java.util.Map.of(it.id(), seed))));
        return after;
    }

    public void flush() {
        ledger.flush();
    }

    void stop() {
        new Upkeep(ledger).stop(Duration.ofSeconds(1));
    }
}
