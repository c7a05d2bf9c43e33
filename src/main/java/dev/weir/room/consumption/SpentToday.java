package dev.weir.room.consumption;

import dev.weir.budget.Budgets;
import dev.weir.budget.Consumption.By;
import dev.weir.budget.Reach;
import dev.weir.budget.Totals;
import dev.weir.budget.UsageBy;
import dev.weir.budget.UsageHistory;
import dev.weir.event.Usage;
import dev.weir.room.consumption.RateWindow.Rate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Who has used most today, by the bills of today and what is being written. Thread-safe. */
final class SpentToday {

    private static final long FRESH_MILLIS = 10_000;

    /** The most sums that are looked at. */
    private static final int MOST = 10_000;

    private static final Comparator<Spender> DEAREST_FIRST = Comparator.comparingLong(Spender::micros)
            .thenComparingLong(Spender::tokens)
            .reversed()
            .thenComparing(Spender::key);

    private final Budgets budgets;
    private final UsageHistory history;
    private final Map<String, Bills> known = new ConcurrentHashMap<>();

    /** What was billed today when that was looked up last. */
    private record Bills(long at, Map<By, Map<String, Totals>> sums) {
        private static final Bills NONE = new Bills(Long.MIN_VALUE / 2, Map.of());
    }

    SpentToday(Budgets budgets, UsageHistory history) {
        this.budgets = budgets;
        this.history = history;
    }

    /** Looks up when it is time what is asked for, and forgets all else. Blocks. */
    void load(Set<String> organisations, long now) {
        known.keySet().retainAll(organisations);
        organisations.forEach(it -> load(it, now));
    }

    private void load(String organisation, long now) {
        if (now - known.getOrDefault(organisation, Bills.NONE).at() < FRESH_MILLIS) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(Instant.ofEpochMilli(now), budgets.timeZone(organisation));
        Map<By, Map<String, Totals>> sums = new HashMap<>();
        for (By by : Picture.SPLITS) {
            Map<String, Totals> some = new HashMap<>();
            history.sums(today, today, List.of(usageBy(by)), Reach.ofOrganisation(organisation), MOST)
                    .forEach(it -> some.put(it.keys().getFirst(), it.totals()));
            sums.put(by, some);
        }
        known.put(organisation, new Bills(now, sums));
    }

    private static UsageBy usageBy(By by) {
        return switch (by) {
            case USER -> UsageBy.USER;
            case ORGANISATION -> UsageBy.ORGANISATION;
            case KEY -> UsageBy.KEY;
            case ROOM -> UsageBy.ROOM;
            case MODEL -> UsageBy.MODEL;
        };
    }

    /** The sum of all. */
    Spender all(String organisation, List<Writing> writing, Rate now) {
        Map<String, Usage> sums = sums(organisation, By.MODEL, writing);
        return spender("", sums.values().stream().reduce(Usage.NOTHING, Usage::plus), now);
    }

    /**
     * Those who have used most.
     *
     * @param writing what is being written
     * @param rates how fast each uses something now
     */
    Map<By, List<Spender>> top(String organisation, List<Writing> writing, BiFunction<By, String, Rate> rates) {
        Map<By, List<Spender>> top = new HashMap<>();
        for (By by : Picture.SPLITS) {
            top.put(
                    by,
                    sums(organisation, by, writing).entrySet().stream()
                            .map(it -> spender(it.getKey(), it.getValue(), Rate.NONE))
                            .sorted(DEAREST_FIRST)
                            .limit(Picture.MOST_SPENDERS)
                            .map(it -> at(it, rates.apply(by, it.key())))
                            .toList());
        }
        return top;
    }

    private Map<String, Usage> sums(String organisation, By by, List<Writing> writing) {
        Map<String, Usage> sums = new HashMap<>();
        known.getOrDefault(organisation, Bills.NONE)
                .sums()
                .getOrDefault(by, Map.of())
                .forEach((key, it) -> sums.put(key, it.usage()));
        for (Writing each : writing) {
            sums.merge(by.of(each.payer()), each.usage(), Usage::plus);
        }
        return sums;
    }

    private static Spender spender(String key, Usage used, Rate now) {
        return new Spender(key, used.inputTokens() + used.outputTokens(), used.micros(), now.tokens(), now.micros());
    }

    private static Spender at(Spender spender, Rate now) {
        return new Spender(spender.key(), spender.tokens(), spender.micros(), now.tokens(), now.micros());
    }
}
