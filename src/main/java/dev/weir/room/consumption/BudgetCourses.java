package dev.weir.room.consumption;

import dev.weir.budget.Budget;
import dev.weir.budget.Budgets;
import dev.weir.budget.BurnDown;
import dev.weir.budget.BurnDown.Point;
import dev.weir.budget.Forecast;
import dev.weir.budget.Period;
import dev.weir.budget.Standing;
import dev.weir.budget.Totals;
import dev.weir.budget.Unit;
import dev.weir.budget.UsageHistory;
import dev.weir.budget.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The budgets that are nearest to their limits, how they came there and when they run out. How they stand is asked of their
 * accounts each time; what was charged before is looked up in the bills now and then. Thread-safe.
 */
final class BudgetCourses {

    private static final long CHOSEN_FRESH_MILLIS = 3_000;
    private static final long RECENT_FRESH_MILLIS = 3_000;
    private static final long LEAST_FRESH_MILLIS = 2_000;
    private static final long MOST_FRESH_MILLIS = 60_000;

    private final Budgets budgets;
    private final UsageHistory history;
    private final Map<String, Chosen> chosen = new ConcurrentHashMap<>();
    private final Map<String, Course> courses = new ConcurrentHashMap<>();

    /** The budgets that an organisation is shown, by their ids. */
    private record Chosen(long at, List<String> budgets, int inAll) {
        private static final Chosen NONE = new Chosen(Long.MIN_VALUE / 2, List.of(), 0);
    }

    /**
     * What the bills say of a budget.
     *
     * @param at when it was looked up
     * @param recent what was charged in the time in which the present rate is looked for, when {@code recentAt} was now
     */
    private record Course(
            long at, Window stretch, List<Long> charged, List<Point> points, long recentAt, long recent) {}

    BudgetCourses(Budgets budgets, UsageHistory history) {
        this.budgets = budgets;
        this.history = history;
    }

    /** Looks up what is no longer fresh. Blocks. */
    void load(Set<String> organisations, long now) {
        Set<String> shown = new HashSet<>();
        for (String organisation : organisations) {
            choose(organisation, now);
            shown.addAll(chosen.getOrDefault(organisation, Chosen.NONE).budgets());
        }
        chosen.keySet().retainAll(organisations);
        courses.keySet().retainAll(shown);
        List<Budget> some =
                shown.stream().map(budgets::find).flatMap(Optional::stream).toList();
        budgets.standings(some).forEach(it -> load(it, now));
    }

    private void choose(String organisation, long now) {
        if (now - chosen.getOrDefault(organisation, Chosen.NONE).at() < CHOSEN_FRESH_MILLIS) {
            return;
        }
        List<Budget> all = budgets.all().stream()
                .filter(it -> organisation.isEmpty() || it.organisation().equals(organisation))
                .toList();
        List<String> nearest = budgets.standings(all).stream()
                .sorted(Comparator.comparingInt(Standing::percent)
                        .reversed()
                        .thenComparing(it -> it.budget().id()))
                .limit(Picture.MOST_BUDGETS)
                .map(it -> it.budget().id())
                .toList();
        chosen.put(organisation, new Chosen(now, nearest, all.size()));
    }

    private void load(Standing standing, long now) {
        Budget budget = standing.budget();
        if (budget.unit() == Unit.CONCURRENT_TURNS) {
            return;
        }
        Window stretch = BurnDown.stretch(standing, now);
        long length = stretch.end() - stretch.start();
        Course known = courses.get(budget.id());
        if (known == null || isOver(known, standing) || now - known.at() >= fresh(length)) {
            long part = Math.max(1, (length + Forecast.SLOTS - 1) / Forecast.SLOTS);
            List<Long> charged = history.stretches(stretch.start(), part, Forecast.SLOTS, budget.reach()).stream()
                    .map(it -> amount(budget.unit(), it))
                    .toList();
            Window whole = new Window(stretch.start(), stretch.start() + part * Forecast.SLOTS);
            List<Point> points = BurnDown.points(standing, whole, charged, now);
            known = new Course(now, stretch, charged, points, Long.MIN_VALUE / 2, 0);
        }
        if (now - known.recentAt() >= RECENT_FRESH_MILLIS) {
            long back = Forecast.lookBack(length);
            Totals recent =
                    history.stretches(now - back, back, 1, budget.reach()).getFirst();
            known = new Course(
                    known.at(), known.stretch(), known.charged(), known.points(), now, amount(budget.unit(), recent));
        }
        courses.put(budget.id(), known);
    }

    /** Whether another period has begun since. */
    private static boolean isOver(Course known, Standing standing) {
        return !(standing.budget().period() instanceof Period.Rolling)
                && known.stretch().start() != standing.window().start();
    }

    private static long fresh(long length) {
        return Math.clamp(length / Forecast.SLOTS, LEAST_FRESH_MILLIS, MOST_FRESH_MILLIS);
    }

    private static long amount(Unit unit, Totals totals) {
        return unit == Unit.REQUESTS ? totals.answers() : unit.bill(totals.usage());
    }

    /** How many budgets one who watches may see. */
    int inAll(String organisation) {
        return chosen.getOrDefault(organisation, Chosen.NONE).inAll();
    }

    /** @param writing what is being written anywhere */
    List<BudgetCourse> of(String organisation, List<Writing> writing, long now) {
        List<Budget> shown = chosen.getOrDefault(organisation, Chosen.NONE).budgets().stream()
                .map(budgets::find)
                .flatMap(Optional::stream)
                .toList();
        List<BudgetCourse> found = new ArrayList<>();
        for (Standing standing : budgets.standings(shown)) {
            Course known = courses.get(standing.budget().id());
            Window stretch = BurnDown.stretch(standing, now);
            if (known == null || isOver(known, standing)) {
                found.add(new BudgetCourse(standing, stretch, List.of(), Forecast.of(standing, 0, List.of(), now)));
            } else {
                double rate = rate(standing.budget(), stretch, known.recent(), writing, now);
                Forecast forecast = Forecast.of(standing, rate, known.charged(), now);
                found.add(new BudgetCourse(standing, stretch, known.points(), forecast));
            }
        }
        return found;
    }

    /** What was charged lately and what is being written, of the same time. */
    private static double rate(Budget budget, Window stretch, long recent, List<Writing> writing, long now) {
        long back = Forecast.lookBack(stretch.end() - stretch.start());
        double sum = recent;
        for (Writing each : writing) {
            if (budget.reach().covers(each.payer())) {
                double lately = Math.min(1.0, (double) back / Math.max(1, now - each.since()));
                sum += budget.unit().bill(each.usage()) * lately;
            }
        }
        return sum / back;
    }
}
