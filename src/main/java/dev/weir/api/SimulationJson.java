package dev.weir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.Amounts;
import dev.weir.budget.Budget;
import dev.weir.budget.Draft;
import dev.weir.budget.Unit;
import dev.weir.budget.simulation.Report;
import dev.weir.budget.simulation.Trial;
import dev.weir.room.Refusal;
import dev.weir.room.SimulationDesk.Result;
import dev.weir.room.SimulationDesk.Wanted;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Simulations on the wire. */
final class SimulationJson {

    private SimulationJson() {}

    static Wanted wanted(Body body) {
        body.only("from", "to", "budget", "present");
        JsonNode draft = body.json().path("budget");
        if (body.has("budget") && !draft.isObject()) {
            throw new Refusal(Refusal.Code.INVALID, "\"budget\" is an object, as it is posted to make one.");
        }
        Optional<Draft> budget = body.has("budget") ? Optional.of(BudgetJson.draft(new Body(draft))) : Optional.empty();
        return new Wanted(
                date(body, "from"),
                date(body, "to"),
                budget,
                body.flag("present").orElse(budget.isEmpty()));
    }

    private static Optional<LocalDate> date(Body body, String field) {
        try {
            return body.text(field).map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            throw new Refusal(Refusal.Code.INVALID, "\"" + field + "\" is a date, such as 2026-02-28.");
        }
    }

    static ObjectNode object(Result result) {
        Report report = result.report();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("from", result.from().toString()).put("to", result.to().toString());
        json.put("complete", result.complete());
        json.put("answers", report.answers());
        counts(json, report.refused(), report.cut(), report.degraded(), report.switched());
        json.put("usd", Amounts.text(Unit.USD, report.micros()));
        json.put("usd-then", Amounts.text(Unit.USD, report.charged()));
        ArrayNode budgets = json.putArray("budgets");
        report.trials().forEach(it -> budgets.add(object(it)));
        return json;
    }

    private static void counts(ObjectNode json, long refused, long cut, long degraded, long switched) {
        json.put("refused", refused).put("cut", cut).put("degraded", degraded).put("switched", switched);
    }

    private static ObjectNode object(Trial trial) {
        Budget budget = trial.budget();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", budget.id())
                .put("name", budget.name())
                .put("unit", budget.unit().word());
        BudgetJson.amount(json, "limit", budget, budget.limit());
        json.put("simulated", trial.simulated());
        json.put("answers", trial.answers());
        BudgetJson.amount(json, "used", budget, trial.used());
        BudgetJson.amount(json, "charged", budget, trial.charged());
        counts(json, trial.refused(), trial.cut(), trial.degraded(), trial.switched());
        json.put("periods", trial.periods()).put("reached", trial.reached());
        ArrayNode stretches = json.putArray("by-period");
        trial.stretches().forEach(it -> stretches.add(object(budget, it)));
        return json;
    }

    private static ObjectNode object(Budget budget, Trial.Stretch stretch) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("from", Instant.ofEpochMilli(stretch.window().start()).toString());
        json.put("until", Instant.ofEpochMilli(stretch.window().end()).toString());
        BudgetJson.amount(json, "used", budget, stretch.used());
        BudgetJson.amount(json, "charged", budget, stretch.charged());
        json.put("refused", stretch.refused());
        stretch.reachedAt().ifPresent(it -> json.put("reached-at", it.toString()));
        return json;
    }
}
