package dev.weir.room.consumption;

import dev.weir.budget.Budgets;
import dev.weir.budget.Consumption.By;
import dev.weir.budget.Payer;
import dev.weir.budget.UsageHistory;
import dev.weir.room.consumption.NodeConsumption.Count;
import dev.weir.room.consumption.NodeConsumption.Part;
import dev.weir.room.consumption.RateWindow.Rate;
import dev.weir.turn.NodeCalls;
import dev.weir.turn.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what all nodes use, for everybody who watches at this one. Knows what it has seen while somebody watched, the
 * latest two minutes of it. Thread-safe.
 */
@ApplicationScoped
public class ConsumptionWatch {

    /** What everybody uses, for those who may see all of it. */
    public static final String ALL = "";

    private static final Logger LOG = LoggerFactory.getLogger(ConsumptionWatch.class);

    /** A node that has not answered by then is left out. */
    private static final long PATIENCE_MILLIS = 800;

    /** After a longer pause the watch begins anew. */
    private static final long PAUSE_MILLIS = 5_000;

    /** Over so many seconds rates are taken that are shown as numbers. */
    private static final int LATELY = 5;

    private final Nodes nodes;
    private final NodeCalls calls;
    private final ConsumptionReport report;
    private final SpentToday spent;
    private final BudgetCourses courses;
    private final InstantSource clock;
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean loading = new AtomicBoolean();
    private final Map<String, Long> since = new HashMap<>();
    private final Map<String, Map<By, RateWindow>> windows = new HashMap<>();
    private final Map<String, RateWindow> totals = new HashMap<>();
    private List<NodeConsumption> latest = List.of();
    private int alive;
    private long at = Long.MIN_VALUE / 2;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected ConsumptionWatch() {
        this(null, null, null, null, null, InstantSource.system(), Runnable::run);
    }

    @Inject
    ConsumptionWatch(Nodes nodes, NodeCalls calls, ConsumptionReport report, Budgets budgets, UsageHistory history) {
        this(nodes, calls, report, budgets, history, InstantSource.system(), Thread::startVirtualThread);
    }

    /** @param executor where the database is asked */
    ConsumptionWatch(
            Nodes nodes,
            NodeCalls calls,
            ConsumptionReport report,
            Budgets budgets,
            UsageHistory history,
            InstantSource clock,
            Executor executor) {
        this.nodes = nodes;
        this.calls = calls;
        this.report = report;
        this.spent = new SpentToday(budgets, history);
        this.courses = new BudgetCourses(budgets, history);
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * Asks all nodes; to be called once a second while somebody watches. Blocks until they have answered, for less than a
     * second.
     *
     * @param organisations of those who watch, {@link #ALL} among them when somebody may see everything
     */
    public void look(Set<String> organisations) {
        lock.lock();
        try {
            lookAgain(organisations);
        } finally {
            lock.unlock();
        }
    }

    private void lookAgain(Set<String> organisations) {
        long now = clock.millis();
        long elapsed = now - at;
        if (elapsed > PAUSE_MILLIS) {
            windows.clear();
            totals.clear();
        }
        ask();
        if (elapsed > 0 && elapsed <= PAUSE_MILLIS) {
            add(elapsed);
        }
        at = now;
        if (loading.compareAndSet(false, true)) {
            executor.execute(() -> load(Set.copyOf(organisations), now));
        }
    }

    /** As {@link #look}, when nobody has for some seconds: for a page that is about to be shown. */
    public void glance(String organisation) {
        lock.lock();
        try {
            if (clock.millis() - at > PAUSE_MILLIS) {
                lookAgain(Set.of(organisation));
            }
        } finally {
            lock.unlock();
        }
    }

    private void load(Set<String> organisations, long now) {
        try {
            spent.load(organisations, now);
            courses.load(organisations, now);
        } catch (RuntimeException e) {
            LOG.warn("What was used before could not be looked up for those who watch; the next try follows", e);
        } finally {
            loading.set(false);
        }
    }

    private void ask() {
        List<String> ids = nodes.ids();
        since.keySet().retainAll(ids);
        Map<String, CompletableFuture<NodeConsumption>> asked = new LinkedHashMap<>();
        for (String id : ids) {
            long last = since.getOrDefault(id, 0L);
            asked.put(
                    id,
                    id.equals(nodes.id())
                            ? CompletableFuture.completedFuture(report.since(last))
                            : calls.ask(id, ConsumptionReport.QUESTION, last)
                                    .toCompletableFuture()
                                    .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
        List<NodeConsumption> told = new ArrayList<>();
        asked.forEach((id, answer) -> {
            try {
                NodeConsumption one = answer.join();
                since.put(id, one.upTo());
                told.add(one);
            } catch (RuntimeException e) {
                LOG.debug("Node {} did not say what it uses", id, e);
            }
        });
        latest = told;
        alive = ids.size();
    }

    private void add(long elapsed) {
        Map<String, Map<By, Map<String, Rate>>> second = new HashMap<>();
        windows.keySet().forEach(it -> second.put(it, new HashMap<>()));
        second.computeIfAbsent(ALL, it -> new HashMap<>());
        for (NodeConsumption node : latest) {
            for (Part part : node.used()) {
                Rate rate = rate(part, elapsed);
                add(second.computeIfAbsent(ALL, it -> new HashMap<>()), part.payer(), rate);
                String organisation = part.payer().organisation();
                if (!organisation.isEmpty()) {
                    add(second.computeIfAbsent(organisation, it -> new HashMap<>()), part.payer(), rate);
                }
            }
        }
        second.forEach(this::add);
        windows.entrySet()
                .removeIf(it -> !it.getKey().isEmpty() && totals(it.getKey()).isEmpty());
        totals.keySet().retainAll(windows.keySet());
    }

    private static Rate rate(Part part, long elapsed) {
        double perSecond = 1000.0 / elapsed;
        return new Rate(Math.round((part.input() + part.output()) * perSecond), Math.round(part.micros() * perSecond));
    }

    private static void add(Map<By, Map<String, Rate>> second, Payer payer, Rate rate) {
        for (By by : Picture.SPLITS) {
            second.computeIfAbsent(by, it -> new HashMap<>()).merge(by.of(payer), rate, Rate::plus);
        }
    }

    private void add(String organisation, Map<By, Map<String, Rate>> second) {
        Map<By, RateWindow> some = windows.computeIfAbsent(organisation, it -> new HashMap<>());
        for (By by : Picture.SPLITS) {
            some.computeIfAbsent(by, it -> new RateWindow()).add(second.getOrDefault(by, Map.of()));
        }
        Rate all = second.getOrDefault(By.MODEL, Map.of()).values().stream().reduce(Rate.NONE, Rate::plus);
        totals(organisation).add(all.equals(Rate.NONE) ? Map.of() : Map.of(ALL, all));
    }

    private RateWindow totals(String organisation) {
        return totals.computeIfAbsent(organisation, it -> new RateWindow());
    }

    private RateWindow window(String organisation, By by) {
        RateWindow window = windows.getOrDefault(organisation, Map.of()).get(by);
        return window == null ? new RateWindow() : window;
    }

    /**
     * What was seen last.
     *
     * @param organisation whose consumption is shown; {@link #ALL}: everybody's
     */
    public Picture picture(String organisation) {
        lock.lock();
        try {
            return seen(organisation);
        } finally {
            lock.unlock();
        }
    }

    private Picture seen(String organisation) {
        List<Writing> everywhere =
                latest.stream().flatMap(it -> it.writing().stream()).toList();
        List<Writing> writing = everywhere.stream()
                .filter(it -> isSeen(organisation, it.payer().organisation()))
                .toList();
        Map<By, List<Series>> series = new HashMap<>();
        Picture.SPLITS.forEach(by -> series.put(by, window(organisation, by).top(Picture.MOST_SERIES)));
        return new Picture(
                at,
                alive,
                alive - latest.size(),
                running(organisation),
                series,
                dearest(writing),
                spent.all(organisation, writing, totals(organisation).mean(ALL, LATELY)),
                spent.top(
                        organisation,
                        writing,
                        (by, key) -> window(organisation, by).mean(key, LATELY)),
                courses.of(organisation, everywhere, at),
                courses.inAll(organisation),
                alerts(organisation));
    }

    private static boolean isSeen(String organisation, String other) {
        return organisation.isEmpty() || organisation.equals(other);
    }

    private int running(String organisation) {
        return latest.stream()
                .flatMap(it -> it.running().stream())
                .filter(it -> isSeen(organisation, it.organisation()))
                .mapToInt(Count::running)
                .sum();
    }

    private static List<Writing> dearest(List<Writing> writing) {
        return writing.stream()
                .sorted(Comparator.comparingLong(Writing::micros)
                        .thenComparingLong(Writing::output)
                        .reversed())
                .limit(Picture.MOST_WRITING)
                .sorted(Comparator.comparingLong(Writing::since).thenComparing(Writing::answer))
                .toList();
    }

    private List<BudgetAlert> alerts(String organisation) {
        return latest.stream()
                .flatMap(it -> it.alerts().stream())
                .filter(it -> isSeen(organisation, it.organisation()))
                .sorted(Comparator.comparingLong(BudgetAlert::at).reversed())
                .limit(Picture.MOST_ALERTS)
                .toList();
    }
}
