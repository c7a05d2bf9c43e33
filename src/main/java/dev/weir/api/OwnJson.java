package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.Amounts;
import dev.weir.budget.Budget;
import dev.weir.budget.Reach;
import dev.weir.budget.Standing;
import dev.weir.budget.Totals;
import dev.weir.budget.Unit;
import dev.weir.room.BudgetDesk.Own;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What somebody has used themselves, on the wire. */
final class OwnJson {

    private OwnJson() {}

    static ObjectNode object(List<Own> budgets) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("budgets");
        budgets.forEach(it -> list.add(object(it)));
        return json;
    }

    static ObjectNode totals(Totals totals) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("answers", totals.answers())
                .put("input-tokens", totals.inputTokens())
                .put("output-tokens", totals.outputTokens())
                .put("usd", Amounts.text(Unit.USD, totals.micros()));
    }

    private static ObjectNode object(Own own) {
        Standing standing = own.standing();
        Budget budget = standing.budget();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", budget.id()).put("name", budget.name());
        json.put("unit", budget.unit().word()).put("period", budget.period().word());
        put(json, budget.reach());
        json.put("shared", own.shared());
        json.put("state", standing.state().name().toLowerCase(Locale.ROOT));
        json.put("percent", standing.percent());
        if (own.open()) {
            BudgetJson.amount(json, "limit", budget, budget.limit());
            BudgetJson.amount(json, "charged", budget, standing.charged());
            BudgetJson.amount(json, "held", budget, standing.held());
            BudgetJson.amount(json, "left", budget, standing.left());
        }
        if (budget.unit() != Unit.CONCURRENT_TURNS) {
            json.put("resets-at", Instant.ofEpochMilli(standing.window().end()).toString());
        }
        return json;
    }

    private static void put(ObjectNode json, Reach reach) {
        if (!reach.model().isEmpty()) {
            json.put("model", reach.model());
        }
        if (!reach.room().isEmpty()) {
            json.put("room", reach.room());
        }
    }
}
