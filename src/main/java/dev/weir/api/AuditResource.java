package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.audit.AuditPlace;
import dev.weir.audit.AuditQuery;
import dev.weir.audit.AuditRecord;
import dev.weir.audit.Fact;
import dev.weir.audit.Kind;
import dev.weir.identity.User;
import dev.weir.room.AuditReview;
import dev.weir.room.AuditReview.Seen;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The audit, for auditors and administrators: searched page by page, or taken along as lines of JSON. */
@Path("audit")
public class AuditResource {

    static final String LINES = "application/x-ndjson";

    @Inject
    AuditReview audit;

    @Inject
    Caller caller;

    /** A page, the newest first; or, for who accepts lines of JSON alone or says {@code as=lines}, everything that fits. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, LINES + ";qs=0.5"})
    public Response search(
            @Context HttpHeaders headers,
            @QueryParam("from") @Nullable String from,
            @QueryParam("until") @Nullable String until,
            @QueryParam("user") @Nullable String user,
            @QueryParam("room") @Nullable String room,
            @QueryParam("turn") @Nullable String turn,
            @QueryParam("model") @Nullable String model,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("as") @Nullable String as) {
        Map<String, String> asked = new HashMap<>();
        keep(asked, "from", from);
        keep(asked, "until", until);
        keep(asked, "user", user);
        keep(asked, "room", room);
        keep(asked, "turn", turn);
        keep(asked, "model", model);
        keep(asked, "kind", kind);
        keep(asked, "limit", limit);
        keep(asked, "after", after);
        keep(asked, "as", as);
        return answer(headers, new Asked(asked));
    }

    private static void keep(Map<String, String> asked, String name, @Nullable String value) {
        asked.put(name, value == null ? "" : value.strip());
    }

    private Response answer(HttpHeaders headers, Asked asked) {
        MediaType first = headers.getAcceptableMediaTypes().getFirst();
        boolean lines = LINES.equals(first.getType() + "/" + first.getSubtype());
        return lines || asked.value("as").filter("lines"::equals).isPresent() ? export(asked) : page(asked);
    }

    private Response page(Asked asked) {
        Optional<AuditPlace> after = asked.value("after").map(AuditResource::place);
        int limit = Paging.limit(asked.value("limit").orElse(null), AuditReview.MOST);
        AuditReview.Page page = audit.search(caller.user(), asked.query(), after, limit);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("records");
        page.records().forEach(it -> list.add(object(it)));
        page.next().ifPresent(it -> json.put("next", it.toString()));
        return Response.ok(json.toString(), MediaType.APPLICATION_JSON).build();
    }

    private Response export(Asked asked) {
        User user = caller.user();
        AuditQuery query = asked.query();
        audit.checkMayRead(user);
        StreamingOutput lines = out -> {
            try (Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                audit.export(user, query, it -> line(writer, it));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        };
        return Response.ok(lines, LINES)
                .header("Content-Disposition", "attachment; filename=\"weir-audit.jsonl\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    private static void line(Writer writer, Seen seen) {
        try {
            writer.append(object(seen).toString()).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far each chain goes: to be noted elsewhere, and compared later. */
    @GET
    @Path("chains")
    @Produces(MediaType.APPLICATION_JSON)
    public String chains() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("chains");
        audit.chains(caller.user()).forEach(it -> {
            ObjectNode chain = list.addObject().put("chain", it.name()).put("first", it.first());
            chain.put("last", it.last()).put("hash", it.hash()).put("own", it.own());
        });
        return json.toString();
    }

    /** What a request asks for. */
    private record Asked(Map<String, String> values) {

        AuditQuery query() {
            return new AuditQuery(
                    value("from").map(it -> moment("from", it)),
                    value("until").map(it -> moment("until", it)),
                    value("user").orElse(""),
                    value("room").orElse(""),
                    value("turn").orElse(""),
                    value("model").orElse(""),
                    value("kind").map(AuditResource::kind),
                    false);
        }

        Optional<String> value(String name) {
            return Optional.ofNullable(values.get(name)).filter(it -> !it.isEmpty());
        }
    }

    private static AuditPlace place(String text) {
        return AuditPlace.parse(text)
                .orElseThrow(() ->
                        new Refusal(Refusal.Code.INVALID, "\"after\" is what the page before names as \"next\"."));
    }

    private static Instant moment(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refusal(
                    Refusal.Code.INVALID, "\"" + name + "\" is a moment in UTC such as 2030-01-31T00:00:00Z.");
        }
    }

    private static Kind kind(String word) {
        try {
            return Kind.of(word);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Code.INVALID, "There is no kind of record that is called so.");
        }
    }

    private static ObjectNode object(Seen seen) {
        AuditRecord record = seen.record();
        Fact fact = record.fact();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("chain", record.chain()).put("seq", record.seq());
        json.put("at", record.at().toString()).put("kind", fact.kind().word());
        put(json, "user", fact.who().user());
        put(json, "organisation", fact.who().organisation());
        put(json, "room", fact.place().room());
        put(json, "turn", fact.place().turn());
        put(json, "branch", fact.place().branch());
        put(json, "model", fact.place().model());
        put(json, "action", fact.action());
        put(json, "subject", fact.subject());
        json.put("amount", fact.amount());
        seen.text().ifPresent(it -> json.put("text", it).put("salt", record.salt()));
        if (seen.hidden() || record.erased()) {
            json.put("textMissing", record.erased() ? "erased" : "hidden");
        }
        put(json, "textHash", record.textHash());
        return json.put("hash", record.hash());
    }

    private static void put(ObjectNode json, String name, String value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }
}
