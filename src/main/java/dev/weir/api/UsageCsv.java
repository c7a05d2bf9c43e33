package dev.weir.api;

import dev.weir.budget.Amounts;
import dev.weir.budget.Totals;
import dev.weir.budget.Unit;
import dev.weir.budget.UsageBy;
import dev.weir.budget.UsageHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Usage as a table: a line for each sum; beside the ids of users and organisations stand their names. Not thread-safe. */
final class UsageCsv {

    /** The most sums of one export. */
    static final int MOST_LINES = 100_000;

    private static final List<String> FIGURES =
            List.of("answers", "input-tokens", "cached-input-tokens", "output-tokens", "reasoning-tokens", "usd");

    private final Map<UsageBy, UnaryOperator<String>> names;
    private final Map<UsageBy, Map<String, String>> known = new HashMap<>();

    /**
     * Makes tables.
     *
     * @param users finds a user's name by the id; empty when there is none any more
     * @param organisations likewise
     */
    UsageCsv(UnaryOperator<String> users, UnaryOperator<String> organisations) {
        names = Map.of(UsageBy.USER, users, UsageBy.ORGANISATION, organisations);
    }

    Csv table(List<UsageBy> by, List<UsageHistory.Sum> sums) {
        Csv table = new Csv(head(by));
        sums.forEach(it -> table.row(cells(by, it)));
        return table;
    }

    private List<String> head(List<UsageBy> by) {
        List<String> head = new ArrayList<>();
        for (UsageBy each : by) {
            head.add(UsageResource.word(each));
            if (names.containsKey(each)) {
                head.add(UsageResource.word(each) + "-name");
            }
        }
        head.addAll(FIGURES);
        return head;
    }

    private List<String> cells(List<UsageBy> by, UsageHistory.Sum sum) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
            String key = sum.keys().get(i);
            cells.add(key);
            UnaryOperator<String> name = names.get(by.get(i));
            if (name != null) {
                cells.add(
                        known.computeIfAbsent(by.get(i), it -> new HashMap<>()).computeIfAbsent(key, name));
            }
        }
        Totals totals = sum.totals();
        for (long figure : new long[] {
            totals.answers(),
            totals.inputTokens(),
            totals.cachedInputTokens(),
            totals.outputTokens(),
            totals.reasoningTokens()
        }) {
            cells.add(Long.toString(figure));
        }
        cells.add(Amounts.text(Unit.USD, totals.micros()));
        return cells;
    }
}
