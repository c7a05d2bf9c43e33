package dev.weir.budget;

import dev.weir.budget.account.Seed;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Budgets and bills in memory. */
public final class MemoryBudgets implements BudgetStore {

    public final Map<String, Bill> bills = new LinkedHashMap<>();
    private final Map<String, Budget> budgets = new LinkedHashMap<>();
    private final Map<String, Seed> seeds = new HashMap<>();
    private boolean away;

    /** From now on it can't be written to, or it can again. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized List<Budget> all() {
        return List.copyOf(budgets.values());
    }

    @Override
    public synchronized void insert(Budget budget) {
        budgets.put(budget.id(), budget);
    }

    @Override
    public synchronized boolean replace(Budget next) {
        Budget before = budgets.get(next.id());
        if (before == null || before.version() != next.version() - 1) {
            return false;
        }
        budgets.put(next.id(), next);
        return true;
    }

    @Override
    public synchronized boolean delete(String id) {
        seeds.remove(id);
        return budgets.remove(id) != null;
    }

    @Override
    public ZoneId zone(String organisation) {
        return ZoneOffset.UTC;
    }

    @Override
    public boolean zone(String organisation, Optional<ZoneId> zone) {
        return false;
    }

    @Override
    public synchronized Optional<Seed> seed(String budget) {
        return Optional.ofNullable(seeds.get(budget));
    }

    @Override
    public synchronized void keep(Map<String, Seed> charged) {
        checkThere();
        charged.forEach(
                (id, seed) -> seeds.merge(id, seed, (one, other) -> one.revision() > other.revision() ? one : other));
    }

    @Override
    public synchronized void bill(Collection<Bill> more) {
        checkThere();
        more.forEach(
                it -> bills.merge(it.id(), it, (one, other) -> other.generation() > one.generation() ? other : one));
    }

    @Override
    public synchronized boolean hasBill(String id) {
        return bills.containsKey(id);
    }

    public synchronized List<Bill> bills() {
        return new ArrayList<>(bills.values());
    }

    private void checkThere() {
        if (away) {
            throw new IllegalStateException("The database is away.");
        }
    }
}
