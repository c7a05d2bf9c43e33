package dev.weir.store;

import dev.weir.budget.Bill;
import dev.weir.budget.Reach;
import dev.weir.budget.Totals;
import dev.weir.budget.UsageBy;
import dev.weir.budget.UsageHistory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums over table {@code bill}. */
@ApplicationScoped
class JdbiUsageHistory implements UsageHistory {

    private static final String SUMS =
            "COUNT(*) AS answers, SUM(input_tokens) AS input, SUM(cached_tokens) AS cached, SUM(output_tokens) AS output,"
                    + " SUM(reasoning_tokens) AS reasoning, SUM(micros) AS price";

    private final Database database;

    @Inject
    JdbiUsageHistory(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiUsageHistory() {
        this.database = null;
    }

    private static String column(UsageBy by) {
        return switch (by) {
            case DAY -> "usage_day";
            case ORGANISATION -> "organisation";
            case USER -> "account";
            case KEY -> "api_key";
            case ROOM -> "room";
            case MODEL -> "model";
        };
    }

    private static Map<String, String> conditions(Reach of) {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("account", of.user());
        conditions.put("organisation", of.organisation());
        conditions.put("api_key", of.key());
        conditions.put("room", of.room());
        conditions.put("model", of.model());
        conditions.values().removeIf(String::isEmpty);
        return conditions;
    }

    private static String where(Map<String, String> conditions) {
        return " WHERE usage_day BETWEEN :from AND :to" + and(conditions);
    }

    private static String and(Map<String, String> conditions) {
        return conditions.keySet().stream()
                .map(it -> " AND " + it + " = :" + it)
                .collect(Collectors.joining());
    }

    @Override
    public List<Sum> sums(LocalDate from, LocalDate to, List<UsageBy> by, Reach of, int limit) {
        Map<String, String> conditions = conditions(of);
        String keys = by.stream().map(JdbiUsageHistory::column).collect(Collectors.joining(", "));
        String sql = "SELECT " + (keys.isEmpty() ? "" : keys + ", ")
                + SUMS + " FROM bill" + where(conditions)
                + (keys.isEmpty() ? "" : " GROUP BY " + keys + " ORDER BY " + keys) + " LIMIT :limit";
        return database.read(handle -> handle.createQuery(sql)
                .bind("from", from.toString())
                .bind("to", to.toString())
                .bindMap(conditions)
                .bind("limit", limit)
                .map((row, context) -> sum(row, by))
                .list());
    }

    private static Sum sum(ResultSet row, List<UsageBy> by) throws SQLException {
        List<String> keys = new ArrayList<>();
        for (UsageBy each : by) {
            keys.add(row.getString(column(each)));
        }
        return new Sum(List.copyOf(keys), totals(row));
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(
                row.getLong("answers"),
                row.getLong("input"),
                row.getLong("cached"),
                row.getLong("output"),
                row.getLong("reasoning"),
                row.getLong("price"),
                0);
    }

    @Override
    public List<Totals> stretches(long from, long length, int count, Reach of) {
        Map<String, String> conditions = conditions(of);
        String sql =
                "SELECT stretch, " + SUMS + " FROM (SELECT b.*, (at_millis - :from) / :length AS stretch FROM bill b"
                        + " WHERE at_millis >= :from AND at_millis < :to" + and(conditions) + ") s GROUP BY stretch";
        List<Totals> stretches = new ArrayList<>(Collections.nCopies(count, Totals.ZERO));
        database.read(handle -> handle.createQuery(sql)
                        .bind("from", from)
                        .bind("to", from + length * count)
                        .bind("length", length)
                        .bindMap(conditions)
                        .map((row, context) -> Map.entry(row.getInt("stretch"), totals(row)))
                        .list())
                .forEach(it -> stretches.set(it.getKey(), it.getValue()));
        return stretches;
    }

    @Override
    public List<Bill> bills(LocalDate from, LocalDate to, Reach of, String after, int limit) {
        Map<String, String> conditions = conditions(of);
        String sql = "SELECT * FROM bill" + where(conditions)
                + (after.isEmpty() ? "" : " AND (at_millis, id) > (SELECT at_millis, id FROM bill WHERE id = :after)")
                + " ORDER BY at_millis, id LIMIT :limit";
        Map<String, String> texts = new LinkedHashMap<>(conditions);
        if (!after.isEmpty()) {
            texts.put("after", after);
        }
        return database.read(handle -> handle.createQuery(sql)
                .bind("from", from.toString())
                .bind("to", to.toString())
                .bindMap(texts)
                .bind("limit", limit)
                .map((row, context) -> Bills.read(row))
                .list());
    }
}
