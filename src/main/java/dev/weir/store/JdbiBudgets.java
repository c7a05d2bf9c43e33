package dev.weir.store;

import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.BudgetStore;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Unit;
import dev.weir.budget.account.Seed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Budgets in table {@code budget}, what was charged to them in {@code budget_account}, bills in {@code bill}. */
@ApplicationScoped
class JdbiBudgets implements BudgetStore {

    private final Database database;
    private final ZoneId byDefault;

    @Inject
    JdbiBudgets(Database database, Config config) {
        this(
                database,
                config.getOptionalValue("weir.time-zone", String.class)
                        .map(ZoneId::of)
                        .orElse(ZoneId.of("UTC")));
    }

    JdbiBudgets(Database database, ZoneId byDefault) {
        this.database = database;
        this.byDefault = byDefault;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiBudgets() {
        this.database = null;
        this.byDefault = null;
    }

    @Override
    public List<Budget> all() {
        return database.read(handle ->
                handle.createQuery("""
                        SELECT b.*, o.time_zone FROM budget b LEFT JOIN organisation o ON o.id = b.organisation
                        ORDER BY b.id""").map((row, context) -> budget(row)).list());
    }

    private Budget budget(ResultSet row) throws SQLException {
        String organisation = Optional.ofNullable(row.getString("organisation")).orElse("");
        String warnAt = row.getString("warn_at");
        return new Budget(
                row.getString("id"),
                row.getString("name"),
                organisation,
                new Reach(
                        row.getString("account"),
                        organisation,
                        row.getString("api_key"),
                        row.getString("room"),
                        row.getString("model")),
                Unit.of(row.getString("unit")).orElseThrow(),
                row.getLong("limited"),
                Period.of(row.getString("period")).orElseThrow(),
                zoneOf(row.getString("time_zone")),
                warnAt.isEmpty()
                        ? List.of()
                        : Arrays.stream(warnAt.split(",")).map(Integer::valueOf).toList(),
                AtLimit.of(row.getString("at_limit")).orElseThrow(),
                row.getBoolean("paused"),
                row.getLong("version"));
    }

    private ZoneId zoneOf(@Nullable String name) {
        return name == null || name.isEmpty() ? byDefault : ZoneId.of(name);
    }

    private static String warnAt(Budget budget) {
        return budget.warnAt().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    @Override
    public void insert(Budget it) {
        database.update(
                "INSERT INTO budget (id, name, organisation, account, api_key, room, model, unit, limited, period, warn_at,"
                        + " at_limit, paused, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                it.id(),
                it.name(),
                it.organisation().isEmpty() ? null : it.organisation(),
                it.reach().user(),
                it.reach().key(),
                it.reach().room(),
                it.reach().model(),
                it.unit().word(),
                it.limit(),
                it.period().word(),
                warnAt(it),
                it.atLimit().word(),
                it.paused(),
                it.version());
    }

    @Override
    public boolean replace(Budget next) {
        return database.update(
                        "UPDATE budget SET name = ?, limited = ?, warn_at = ?, at_limit = ?, paused = ?, version = ?"
                                + " WHERE id = ? AND version = ?",
                        next.name(),
                        next.limit(),
                        warnAt(next),
                        next.atLimit().word(),
                        next.paused(),
                        next.version(),
                        next.id(),
                        next.version() - 1)
                == 1;
    }

    @Override
    public boolean delete(String id) {
        return database.update("DELETE FROM budget WHERE id = ?", id) == 1;
    }

    @Override
    public ZoneId zone(String organisation) {
        return database.read(handle -> zoneOf(handle.createQuery("SELECT time_zone FROM organisation WHERE id = :id")
                .bind("id", organisation)
                .mapTo(String.class)
                .findOne()
                .orElse("")));
    }

    @Override
    public boolean zone(String organisation, Optional<ZoneId> zone) {
        return database.update(
                        "UPDATE organisation SET time_zone = ? WHERE id = ?",
                        zone.map(ZoneId::getId).orElse(""),
                        organisation)
                == 1;
    }

    @Override
    public Optional<Seed> seed(String budget) {
        return database.read(handle -> handle.createQuery("SELECT * FROM budget_account WHERE budget = :id")
                .bind("id", budget)
                .map((row, context) -> new Seed(
                        row.getLong("window_start"),
                        row.getLong("charged"),
                        row.getLong("corrected"),
                        buckets(row.getString("buckets")),
                        row.getLong("revision")))
                .findOne());
    }

    private static SortedMap<Long, Long> buckets(String text) {
        SortedMap<Long, Long> buckets = new TreeMap<>();
        for (String bucket : text.isEmpty() ? new String[0] : text.split(",")) {
            int colon = bucket.indexOf(':');
            buckets.put(Long.valueOf(bucket.substring(0, colon)), Long.valueOf(bucket.substring(colon + 1)));
        }
        return buckets;
    }

    private static String text(SortedMap<Long, Long> buckets) {
        return buckets.entrySet().stream()
                .map(it -> it.getKey() + ":" + it.getValue())
                .collect(Collectors.joining(","));
    }

    @Override
    public void keep(Map<String, Seed> charged) {
        database.<@Nullable Void>write(handle -> {
            new TreeMap<>(charged).forEach((budget, seed) -> keep(handle, budget, seed));
            return null;
        });
    }

    private static void keep(Handle handle, String budget, Seed seed) {
        int changed = handle.execute(
                "UPDATE budget_account SET window_start = ?, charged = ?, corrected = ?, revision = ?, buckets = ?"
                        + " WHERE budget = ? AND revision < ?",
                seed.windowStart(),
                seed.charged(),
                seed.corrected(),
                seed.revision(),
                text(seed.buckets()),
                budget,
                seed.revision());
        if (changed == 0) {
            handle.execute(
                    "INSERT INTO budget_account (budget, window_start, charged, corrected, revision, buckets)"
                            + " SELECT id, ?, ?, ?, ?, ? FROM budget WHERE id = ?"
                            + " AND NOT EXISTS (SELECT 1 FROM budget_account WHERE budget = ?)",
                    seed.windowStart(),
                    seed.charged(),
                    seed.corrected(),
                    seed.revision(),
                    text(seed.buckets()),
                    budget,
                    budget);
        }
    }

    @Override
    public boolean hasBill(String id) {
        return database.read(handle -> Bills.has(handle, id));
    }

    @Override
    public void bill(Collection<Bill> bills) {
        if (bills.isEmpty()) {
            return;
        }
        database.<@Nullable Void>write(handle -> {
            Map<String, ZoneId> zones = zones(handle);
            for (Bill bill : bills) {
                Bills.keep(handle, bill, zones.getOrDefault(bill.payer().organisation(), byDefault));
            }
            return null;
        });
    }

    private static Map<String, ZoneId> zones(Handle handle) {
        Map<String, ZoneId> zones = new HashMap<>();
        handle.createQuery("SELECT id, time_zone FROM organisation WHERE time_zone <> ''")
                .map((row, context) -> Map.entry(row.getString("id"), ZoneId.of(row.getString("time_zone"))))
                .forEach(it -> zones.put(it.getKey(), it.getValue()));
        return zones;
    }
}
