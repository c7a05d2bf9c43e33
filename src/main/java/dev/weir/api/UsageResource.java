package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.budget.Amounts;
import dev.weir.budget.Reach;
import dev.weir.budget.Totals;
import dev.weir.budget.Unit;
import dev.weir.budget.UsageBy;
import dev.weir.budget.UsageHistory;
import dev.weir.identity.Organisation;
import dev.weir.identity.Organisations;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.room.BudgetDesk;
import dev.weir.room.Refusal;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was used, by day, user, organisation, key, room or model: for administrators and auditors everybody's, for managers
 * their organisation's, for all others their own.
 */
@Path("usage")
@Produces({MediaType.APPLICATION_JSON, Csv.TYPE + ";qs=0.5"})
public class UsageResource {

    private static final int MOST = 10_000;

    @Inject
    BudgetDesk desk;

    @Inject
    Caller caller;

    @Inject
    Users users;

    @Inject
    Organisations organisations;

    /** JSON; CSV for who accepts CSV before all else or says {@code as=csv}. */
    @GET
    public Response usage(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("by") @Nullable String by,
            @QueryParam("as") @Nullable String as,
            @Context HttpHeaders headers) {
        LocalDate last = date("to", to, LocalDate.now(ZoneOffset.UTC).plusDays(1));
        LocalDate first = date("from", from, last.minusDays(31));
        List<UsageBy> keys = by(by);
        return Csv.isWanted(as, headers) ? csv(first, last, keys) : json(first, last, keys);
    }

    private Response csv(LocalDate first, LocalDate last, List<UsageBy> keys) {
        List<UsageHistory.Sum> sums = desk.usage(caller.user(), first, last, keys, Reach.ALL, UsageCsv.MOST_LINES + 1);
        if (sums.size() > UsageCsv.MOST_LINES) {
            throw new Refusal(
                    Refusal.Code.INVALID,
                    "This would be more than %,d lines. Choose fewer days, or fewer things under \"by\"."
                            .formatted(UsageCsv.MOST_LINES));
        }
        UsageCsv csv = new UsageCsv(
                id -> users.byId(id).map(User::name).orElse(""),
                id -> organisations.find(id).map(Organisation::name).orElse(""));
        return csv.table(keys, sums).download("weir-usage-" + first + "-to-" + last + ".csv");
    }

    private Response json(LocalDate first, LocalDate last, List<UsageBy> keys) {
        List<UsageHistory.Sum> sums = desk.usage(caller.user(), first, last, keys, Reach.ALL, MOST);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("from", first.toString()).put("to", last.toString());
        ArrayNode list = json.putArray("usage");
        sums.forEach(it -> list.add(sum(keys, it)));
        return Response.ok(json.toString(), MediaType.APPLICATION_JSON_TYPE).build();
    }

    private static ObjectNode sum(List<UsageBy> by, UsageHistory.Sum sum) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < by.size(); i++) {
            json.put(word(by.get(i)), sum.keys().get(i));
        }
        Totals totals = sum.totals();
        json.put("answers", totals.answers());
        json.put("input-tokens", totals.inputTokens());
        json.put("cached-input-tokens", totals.cachedInputTokens());
        json.put("output-tokens", totals.outputTokens());
        json.put("reasoning-tokens", totals.reasoningTokens());
        json.put("usd", Amounts.text(Unit.USD, totals.micros()));
        return json;
    }

    static String word(UsageBy by) {
        return by == UsageBy.ORGANISATION ? "org" : by.word();
    }

    private static LocalDate date(String name, @Nullable String text, LocalDate otherwise) {
        try {
            return text == null || text.isEmpty() ? otherwise : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refusal(Refusal.Code.INVALID, "\"" + name + "\" is a date, such as 2026-02-28.");
        }
    }

    private static List<UsageBy> by(@Nullable String text) {
        List<UsageBy> by = new ArrayList<>();
        for (String word : text == null || text.isEmpty() ? new String[0] : text.split(",", -1)) {
            UsageBy key = UsageBy.of(word.equals("org") ? "organisation" : word)
                    .orElseThrow(() -> new Refusal(
                            Refusal.Code.INVALID,
                            "\"by\" is day, user, org, key, room or model, or some of them by commas."));
            if (!by.contains(key)) {
                by.add(key);
            }
        }
        return by;
    }
}
