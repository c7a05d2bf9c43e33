package dev.weir.budget;

import dev.weir.budget.account.Seed;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps budgets and what was charged to them. Methods block. Thread-safe. */
public interface BudgetStore {

    /** All budgets, each in the zone of its organisation, else in that of the installation. */
    List<Budget> all();

    void insert(Budget budget);

    /** Replaces a budget by its next version; false when another has become that in the meantime, or it is gone. */
    boolean replace(Budget next);

    /** False when there was none. What was charged to it goes with it, what it was charged for stays. */
    boolean delete(String id);

    /** The time zone of an organisation, else of the installation. */
    ZoneId zone(String organisation);

    /** Gives an organisation a time zone of its own; empty: that of the installation. False when there is no such one. */
    boolean zone(String organisation, Optional<ZoneId> zone);

    /** What was charged to a budget when it was kept last. */
    Optional<Seed> seed(String budget);

    /** Keeps what was charged, by budget, where it is newer than what is kept. */
    void keep(Map<String, Seed> charged);

    /** Whether there is a bill of that id. */
    boolean hasBill(String id);

    /** Keeps bills, each once: a bill of an id takes the place of one of an earlier generation. */
    void bill(Collection<Bill> bills);
}
