package dev.weir.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Budget;
import dev.weir.budget.BurnDown;
import dev.weir.budget.Consumption.By;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Standing;
import dev.weir.budget.Unit;
import dev.weir.room.consumption.BudgetAlert;
import dev.weir.room.consumption.BudgetCourse;
import dev.weir.room.consumption.ConsumptionWatch;
import dev.weir.room.consumption.Picture;
import dev.weir.room.consumption.Series;
import dev.weir.room.consumption.Spender;
import dev.weir.room.consumption.Writing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the page about consumption shows, as JSON that assets/console/consumption.js reads. Ids, names and figures; never
 * text. Money is in millionths of a US dollar. Thread-safe.
 */
@ApplicationScoped
public class ConsumptionFigures {

    private final ConsumptionWatch watch;
    private final Labels labels;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected ConsumptionFigures() {
        this(null, null);
    }

    @Inject
    ConsumptionFigures(ConsumptionWatch watch, Labels labels) {
        this.watch = watch;
        this.labels = labels;
    }

    /**
     * As it was seen last. May stand in a page's script element: {@code <} is escaped.
     *
     * @param organisation whose consumption it is; {@link ConsumptionWatch#ALL} for everybody's
     */
    public String json(String organisation) {
        Picture picture = watch.picture(organisation);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", picture.at()).put("nodes", picture.nodes()).put("silent", picture.silent());
        json.put("running", picture.running());
        put(json.putObject("today"), picture.today());
        ObjectNode by = json.putObject("by");
        for (By split : Picture.SPLITS) {
            ObjectNode one = by.putObject(split.name().toLowerCase(Locale.ROOT));
            picture.series()
                    .getOrDefault(split, List.of())
                    .forEach(it -> put(one.withArray("series").addObject(), split, it));
            picture.spenders().getOrDefault(split, List.of()).forEach(it -> {
                ObjectNode spender = one.withArray("spenders").addObject();
                spender.put("key", it.key()).put("name", labels.of(split, it.key()));
                put(spender, it);
            });
        }
        ArrayNode writing = json.putArray("writing");
        picture.writing().forEach(it -> put(writing.addObject(), it));
        ArrayNode budgets = json.putArray("budgets");
        picture.budgets().forEach(it -> put(budgets.addObject(), it));
        json.put("budgetsInAll", picture.budgetsInAll());
        ArrayNode alerts = json.putArray("alerts");
        picture.alerts().forEach(it -> put(alerts.addObject(), it));
        return json.toString().replace("<", "\\u003c");
    }

    private void put(ObjectNode json, By by, Series series) {
        boolean others = series.key().equals(Series.OTHERS);
        json.put("key", series.key()).put("name", others ? "Others" : labels.of(by, series.key()));
        ArrayNode tokens = json.putArray("tokens");
        series.tokens().forEach(tokens::add);
        ArrayNode micros = json.putArray("micros");
        series.micros().forEach(micros::add);
    }

    private static void put(ObjectNode json, Spender spender) {
        json.put("tokens", spender.tokens()).put("micros", spender.micros());
        json.put("tokensNow", spender.tokensNow()).put("microsNow", spender.microsNow());
    }

    private void put(ObjectNode json, Writing writing) {
        json.put("answer", writing.answer()).put("turn", writing.turn());
        json.put("room", writing.payer().room());
        json.put("who", labels.of(By.USER, writing.payer().user()));
        json.put("model", labels.of(By.MODEL, writing.payer().model()));
        json.put("since", writing.since());
        json.put("tokens", writing.input() + writing.output()).put("micros", writing.micros());
    }

    private void put(ObjectNode json, BudgetCourse course) {
        Standing standing = course.standing();
        Budget budget = standing.budget();
        json.put("id", budget.id())
                .put("name", budget.name())
                .put("unit", budget.unit().word());
        json.put("scope", scope(budget.reach()))
                .put("period", period(budget))
                .put("atLimit", atLimit(budget.atLimit()));
        json.put("paused", budget.paused()).put("limit", budget.limit());
        json.put("charged", standing.charged()).put("held", standing.held()).put("left", standing.left());
        json.put("percent", standing.percent());
        json.put("start", course.stretch().start()).put("end", course.stretch().end());
        json.put("resets", standing.window().end());
        ArrayNode points = json.putArray("points");
        for (BurnDown.Point point : course.points()) {
            points.addArray().add(point.at()).add(point.used());
        }
        json.put("forecast", course.forecast().state().name().toLowerCase(Locale.ROOT));
        json.put("out", course.forecast().at());
    }

    private static String period(Budget budget) {
        if (budget.unit() == Unit.CONCURRENT_TURNS) {
            return "at any moment";
        }
        return budget.period() instanceof Period.Rolling rolling
                ? "in any "
                        + rolling.length()
                                .toString()
                                .replaceFirst("^PT?", "")
                                .replaceAll("(?<=[A-Z])(?=\\d)", " ")
                                .toLowerCase(Locale.ROOT)
                : "each " + budget.period().word();
    }

    private String atLimit(AtLimit atLimit) {
        return switch (atLimit) {
            case AtLimit.Cut cut -> "answers are cut at the limit";
            case AtLimit.FinishSentence finish -> "sentences are finished at the limit";
            case AtLimit.Switch change -> labels.of(By.MODEL, change.model()) + " goes on at the limit";
            case AtLimit.Degrade degrade ->
                labels.of(By.MODEL, degrade.model()) + " answers from " + degrade.percent() + " % on";
        };
    }

    private String scope(Reach reach) {
        List<String> parts = new ArrayList<>();
        add(parts, "", By.USER, reach.user());
        add(parts, "", By.ORGANISATION, reach.organisation());
        add(parts, "key ", By.KEY, reach.key());
        add(parts, "room ", By.ROOM, reach.room());
        add(parts, "", By.MODEL, reach.model());
        return parts.isEmpty() ? "everybody" : String.join(", ", parts);
    }

    private void add(List<String> parts, String kind, By by, String id) {
        if (!id.isEmpty()) {
            parts.add(kind + labels.of(by, id));
        }
    }

    private void put(ObjectNode json, BudgetAlert alert) {
        json.put("at", alert.at()).put("kind", alert.kind().name().toLowerCase(Locale.ROOT));
        json.put("budget", alert.budget()).put("name", alert.name());
        json.put("percent", alert.percent()).put("limit", alert.limit());
        json.put("who", labels.of(By.USER, alert.payer().user()));
        json.put("model", labels.of(By.MODEL, alert.payer().model()));
    }
}
