package dev.weir.room.consumption;

import dev.weir.budget.Alerts;
import dev.weir.budget.Consumption;
import dev.weir.budget.Payer;
import dev.weir.event.Usage;
import dev.weir.room.consumption.NodeConsumption.Count;
import dev.weir.room.consumption.NodeConsumption.Part;
import dev.weir.turn.NodeCalls;
import dev.weir.turn.NodeCalls.Question;
import dev.weir.turn.Turns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells this node and the others what this one uses. Thread-safe. */
@ApplicationScoped
public class ConsumptionReport {

    /** Asks a node what it uses; with what it said last, or 0. */
    static final Question<Long, NodeConsumption> QUESTION =
            new Question<>("consumption", Long.class, NodeConsumption.class);

    private static final Comparator<Part> MOST_FIRST = Comparator.comparingLong(Part::micros)
            .thenComparingLong(it -> it.input() + it.output())
            .reversed();

    private static final Comparator<Consumption.Live> DEAREST_FIRST = Comparator.comparingLong(Consumption.Live::micros)
            .thenComparingLong(Consumption.Live::outputTokens)
            .reversed();

    private final Consumption consumption;
    private final Alerts alerts;
    private final Function<String, String> turns;
    private final NodeCalls calls;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected ConsumptionReport() {
        this(null, null, it -> "", null);
    }

    @Inject
    ConsumptionReport(Consumption consumption, Alerts alerts, Turns turns, NodeCalls calls) {
        this(consumption, alerts, answer -> turns.turnOf(answer).orElse(""), calls);
    }

    /** @param turns finds the turn of an answer */
    ConsumptionReport(Consumption consumption, Alerts alerts, Function<String, String> turns, NodeCalls calls) {
        this.consumption = consumption;
        this.alerts = alerts;
        this.turns = turns;
        this.calls = calls;
    }

    /** Has this node answer the others; it must have been started. */
    public void begin() {
        calls.answer(QUESTION, this::since);
    }

    NodeConsumption since(long last) {
        Consumption.Used used = consumption.usedSince(last);
        List<Consumption.Live> live = consumption.live();
        return new NodeConsumption(
                used.upTo(),
                parts(used.used()),
                live.stream()
                        .sorted(DEAREST_FIRST)
                        .limit(NodeConsumption.MOST)
                        .map(this::writing)
                        .toList(),
                live.stream()
                        .collect(Collectors.groupingBy(it -> it.payer().organisation(), Collectors.counting()))
                        .entrySet()
                        .stream()
                        .map(it -> new Count(it.getKey(), it.getValue().intValue()))
                        .toList(),
                alerts.latest().stream().map(BudgetAlert::of).toList());
    }

    private Writing writing(Consumption.Live live) {
        return new Writing(
                live.answer(),
                turns.apply(live.answer()),
                live.payer(),
                live.since().toEpochMilli(),
                live.inputTokens(),
                live.outputTokens(),
                live.micros());
    }

    /** So many of them as may travel, and the rest by organisation. */
    static List<Part> parts(Map<Payer, Usage> used) {
        List<Part> all = used.entrySet().stream()
                .map(it -> part(it.getKey(), it.getValue()))
                .sorted(MOST_FIRST)
                .toList();
        List<Part> parts = new ArrayList<>(all.subList(0, Math.min(all.size(), NodeConsumption.MOST)));
        Map<String, Usage> rest = new LinkedHashMap<>();
        for (Part part : all.subList(parts.size(), all.size())) {
            rest.merge(
                    part.payer().organisation(),
                    new Usage(part.input(), part.output(), part.micros(), true),
                    Usage::plus);
        }
        rest.forEach((organisation, sum) -> parts.add(part(new Payer(organisation, "", "", ""), sum)));
        return parts;
    }

    private static Part part(Payer payer, Usage used) {
        return new Part(payer, used.inputTokens(), used.outputTokens(), used.micros());
    }
}
