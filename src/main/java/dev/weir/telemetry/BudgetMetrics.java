package dev.weir.telemetry;

import dev.weir.budget.Alerts;
import dev.weir.budget.Budget;
import dev.weir.budget.Budgets;
import dev.weir.budget.Standing;
import dev.weir.budget.Unit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Tag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Metrics of budgets: how each stands in the whole cluster, and what they have done to answers of this node. */
@ApplicationScoped
class BudgetMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetMetrics.class);
    private static final double MICROS = 1e6;

    /** How old a standing may be. */
    private static final long LIFE_NANOS = Duration.ofSeconds(1).toNanos();

    @Inject
    Budgets budgets;

    @Inject
    Alerts alerts;

    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Set<String> known = new HashSet<>();
    private long read;

    void begin(Meters all) {
        count(
                all,
                Alerts.Kind.WARNED,
                "budget_warnings",
                "Warnings that answers of this node were the first to reach.");
        count(all, Alerts.Kind.REFUSED, "budget_refusals", "Answers of this node that were not begun for a budget.");
        count(all, Alerts.Kind.DEGRADED, "budget_degradations", "Answers that another model gave for a budget.");
        count(all, Alerts.Kind.SWITCHED, "budget_switches", "Answers with which another model went on for a budget.");
        count(all, Alerts.Kind.CUT, "budget_cuts", "Answers that were ended for a budget.");
    }

    private void count(Meters all, Alerts.Kind kind, String name, String help) {
        all.counter(name, help, () -> alerts.total(kind));
    }

    /** Brings the standings up to now, at most once a second. */
    synchronized void follow(Meters all) {
        if (!known.isEmpty() && System.nanoTime() - read < LIFE_NANOS) {
            return;
        }
        try {
            List<Budget> there = budgets.all();
            Map<String, Standing> now = new ConcurrentHashMap<>();
            budgets.standings(there).forEach(it -> now.put(it.budget().id(), it));
            standings.keySet().retainAll(now.keySet());
            standings.putAll(now);
            known.stream().filter(it -> !now.containsKey(it)).forEach(it -> all.forget(tag(it)));
            known.retainAll(now.keySet());
            there.stream().filter(it -> known.add(it.id())).forEach(it -> register(all, it));
            read = System.nanoTime();
        } catch (RuntimeException e) {
            LOG.debug("How budgets stand is not known now", e);
            standings.clear();
        }
    }

    private void register(Meters all, Budget budget) {
        gauge(
                all,
                budget,
                "budget_limit",
                "The limit, in the unit; dollars for usd.",
                it -> it.budget().limit());
        gauge(all, budget, "budget_charged", "Charged in the period that runs.", Standing::charged);
        gauge(all, budget, "budget_held", "Held for answers that are being written.", Standing::held);
        gauge(all, budget, "budget_corrected", "Charged beyond what had been held.", Standing::corrected);
        plain(
                all,
                budget,
                "budget_corrections",
                "Answers that were charged beyond what had been held.",
                it -> it.corrections());
        plain(all, budget, "budget_expired_holds", "Holds of nodes that went that came back.", it -> it.expired());
    }

    private void gauge(Meters all, Budget budget, String name, String help, ToLongFunction<Standing> amount) {
        double unit = budget.unit() == Unit.USD ? MICROS : 1;
        all.gauge(name, help, () -> value(budget, amount) / unit, tags(budget));
    }

    private void plain(Meters all, Budget budget, String name, String help, ToLongFunction<Standing> figure) {
        all.gauge(name, help, () -> value(budget, figure), tags(budget));
    }

    private double value(Budget budget, ToLongFunction<Standing> figure) {
        Standing now = standings.get(budget.id());
        return now == null ? Double.NaN : figure.applyAsLong(now);
    }

    private static Tag[] tags(Budget budget) {
        return new Tag[] {tag(budget.id()), new Tag("unit", budget.unit().word())};
    }

    private static Tag tag(String budget) {
        return new Tag("budget", budget);
    }
}
