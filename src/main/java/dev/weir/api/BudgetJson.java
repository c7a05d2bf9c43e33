package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.Amounts;
import dev.weir.budget.AtLimit;
import dev.weir.budget.Budget;
import dev.weir.budget.Change;
import dev.weir.budget.Draft;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Shortage;
import dev.weir.budget.Standing;
import dev.weir.budget.Unit;
import dev.weir.room.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Budgets on the wire. Amounts of dollars are decimal texts, all others are numbers. */
final class BudgetJson {

    private static final String[] FIELDS = {"name", "scope", "unit", "limit", "period", "warn-at", "at-limit", "paused"
    };
    private static final String[] CHANGEABLE = {"name", "limit", "warn-at", "at-limit", "paused"};

    private BudgetJson() {}

    static ObjectNode object(Standing standing) {
        Budget budget = standing.budget();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", budget.id()).put("name", budget.name());
        json.set("scope", scope(budget.reach()));
        json.put("unit", budget.unit().word());
        amount(json, "limit", budget, budget.limit());
        json.put("period", budget.period().word());
        ArrayNode warnings = json.putArray("warn-at");
        budget.warnAt().forEach(it -> warnings.add(BigDecimal.valueOf(it, 2)));
        json.put("at-limit", budget.atLimit().word()).put("paused", budget.paused());
        numbers(json, standing);
        json.put("time-zone", budget.zone().getId());
        return json;
    }

    private static void numbers(ObjectNode json, Standing standing) {
        Budget budget = standing.budget();
        amount(json, "charged", budget, standing.charged());
        amount(json, "held", budget, standing.held());
        amount(json, "corrected", budget, standing.corrected());
        if (budget.unit() != Unit.CONCURRENT_TURNS) {
            json.put("resets-at", Instant.ofEpochMilli(standing.window().end()).toString());
        }
        json.put("refused", standing.refused());
        json.put("corrections", standing.corrections());
        json.put("expired-holds", standing.expired());
    }

    /** What a refused answer lacked. */
    static ObjectNode object(Shortage shortage) {
        Budget budget = shortage.budget();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", budget.name()).put("unit", budget.unit().word());
        amount(json, "limit", budget, budget.limit());
        amount(json, "charged", budget, shortage.standing().charged());
        amount(json, "held", budget, shortage.standing().held());
        shortage.resetsAt().ifPresent(it -> json.put("resets-at", it.toString()));
        return json;
    }

    static void amount(ObjectNode json, String field, Budget budget, long amount) {
        if (budget.unit() == Unit.USD) {
            json.put(field, Amounts.text(budget.unit(), amount));
        } else {
            json.put(field, amount);
        }
    }

    private static ObjectNode scope(Reach reach) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "user", reach.user());
        put(json, "org", reach.organisation());
        put(json, "key", reach.key());
        put(json, "room", reach.room());
        put(json, "model", reach.model());
        return json;
    }

    private static void put(ObjectNode json, String field, String value) {
        if (!value.isEmpty()) {
            json.put(field, value);
        }
    }

    static Draft draft(Body body) {
        body.only(FIELDS);
        Unit unit = Unit.of(body.required("unit"))
                .orElseThrow(() ->
                        invalid("\"unit\" is tokens, input-tokens, output-tokens, usd, requests or concurrent-turns."));
        return new Draft(
                body.required("name"),
                reach(body),
                unit,
                limit(body, unit).orElseThrow(() -> invalid("\"limit\" is missing.")),
                period(body, unit),
                Optional.ofNullable(warnings(body)).orElse(Draft.WARNINGS),
                Optional.ofNullable(atLimit(body)).orElse(AtLimit.CUT),
                body.flag("paused").orElse(false));
    }

    static Change change(Body body, Unit unit) {
        body.only(CHANGEABLE);
        return new Change(
                body.text("name").orElse(null),
                limit(body, unit).orElse(null),
                warnings(body),
                atLimit(body),
                body.flag("paused").orElse(null));
    }

    private static Reach reach(Body body) {
        JsonNode scope = body.json().path("scope");
        if (!scope.isObject() && !scope.isMissingNode()) {
            throw invalid("\"scope\" is an object.");
        }
        Body fields = new Body(scope.isObject() ? scope : JsonNodeFactory.instance.objectNode())
                .only("user", "org", "key", "room", "model");
        return new Reach(
                fields.text("user").orElse(""),
                fields.text("org").orElse(""),
                fields.text("key").orElse(""),
                fields.text("room").orElse(""),
                fields.text("model").orElse(""));
    }

    private static Period period(Body body, Unit unit) {
        if (unit == Unit.CONCURRENT_TURNS && !body.has("period")) {
            return Period.Calendar.DAY;
        }
        return Period.of(body.required("period"))
                .orElseThrow(() -> invalid(
                        "\"period\" is minute, hour, day, week, month, or rolling:PT24H with another duration."));
    }

    private static Optional<Long> limit(Body body, Unit unit) {
        if (!body.has("limit")) {
            return Optional.empty();
        }
        JsonNode limit = body.json().path("limit");
        boolean fits = limit.isTextual() || (limit.isIntegralNumber() && unit != Unit.USD);
        Optional<Long> amount = fits ? Amounts.of(unit, limit.asText()) : Optional.empty();
        if (amount.isEmpty()) {
            throw invalid(
                    unit == Unit.USD
                            ? "\"limit\" is a text, a number of dollars with at most six decimals, such as \"12.50\"."
                            : "\"limit\" is a whole number, at least 0.");
        }
        return amount;
    }

    private static @Nullable List<Integer> warnings(Body body) {
        if (!body.has("warn-at")) {
            return null;
        }
        List<Integer> percents = new ArrayList<>();
        for (JsonNode part : body.json().path("warn-at")) {
            try {
                percents.add(part.decimalValue().movePointRight(2).intValueExact());
            } catch (ArithmeticException e) {
                throw invalid("\"warn-at\" is a list of parts of the limit, such as [0.8, 0.95].");
            }
        }
        return percents;
    }

    private static @Nullable AtLimit atLimit(Body body) {
        return body.text("at-limit")
                .map(word -> AtLimit.of(word)
                        .orElseThrow(() ->
                                invalid("\"at-limit\" is cut, finish-sentence, switch:MODEL or degrade:MODEL@0.8.")))
                .orElse(null);
    }

    private static Refusal invalid(String detail) {
        return new Refusal(Refusal.Code.INVALID, detail);
    }
}
