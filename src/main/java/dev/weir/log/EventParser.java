package dev.weir.log;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.Entry;
import dev.weir.event.Event;
import dev.weir.event.Event.Answer;
import dev.weir.event.Event.Branch;
import dev.weir.event.Event.Declared;
import dev.weir.event.Event.Delta;
import dev.weir.event.Event.Message;
import dev.weir.event.Event.Notice;
import dev.weir.event.Event.Presence;
import dev.weir.event.Event.RoomDeleted;
import dev.weir.event.Event.RoomRenamed;
import dev.weir.event.Event.TurnEnded;
import dev.weir.event.Event.TurnStarted;
import dev.weir.event.Event.Verdict;
import dev.weir.event.Event.Withdrawn;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what {@link EventJson} wrote. */
final class EventParser {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DELTA = "\"type\":\"delta\",";

    private EventParser() {}

    /**
     * Reads one event; empty for a type that this version does not know, written by a newer node.
     *
     * @throws IllegalArgumentException when the text is not an event at all
     */
    static Optional<Entry> parse(long seq, String text) {
        JsonNode json = tree(text);
        Instant at = moment(text(json, "at"));
        return event(json).map(event -> new Entry(seq, at, event));
    }

    /**
     * Reads an event that is a delta in the form that {@link EventJson} gives it; empty for every other. Costs a fraction
     * of {@link #parse}, and nearly all events are deltas.
     */
    static Optional<Delta> delta(String text) {
        int type = text.indexOf(',') + 1;
        if (type == 0 || !text.startsWith(DELTA, type)) {
            return Optional.empty();
        }
        Map<String, String> fields = HashMap.newHashMap(5);
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                String value = json.nextTextValue();
                if (value == null) {
                    return Optional.empty();
                }
                fields.put(field, value);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        String turn = fields.get("turn");
        String branch = fields.get("branch");
        String delta = fields.get("text");
        return turn == null || branch == null || delta == null
                ? Optional.empty()
                : Optional.of(new Delta(turn, branch, delta));
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Not an event: at is no moment", e);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not an event: " + e.getOriginalMessage(), e);
        }
    }

    private static Optional<Event> event(JsonNode json) {
        Event event = switch (json.path("type").asText()) {
            case "delta" -> new Delta(text(json, "turn"), text(json, "branch"), text(json, "text"));
            case "variant" -> variant(json);
            case "message" -> message(json);
            case "turn-started" -> started(json);
            case "turn-ended" ->
                new TurnEnded(
                        text(json, "turn"),
                        text(json, "branch"),
                        Outcome.of(text(json, "outcome")),
                        text(json, "reason"),
                        usage(json),
                        timing(json));
            case "withdrawn" ->
                new Withdrawn(text(json, "turn"), text(json, "branch"), number(json, "kept"), text(json, "rule"));
            case "presence" -> new Presence(member(json, "member"), Presence.State.of(text(json, "state")));
            case "verdict" ->
                new Verdict(
                        text(json, "turn"),
                        text(json, "branch"),
                        text(json, "interceptor"),
                        Verdict.Decision.of(text(json, "decision")),
                        text(json, "rule"));
            case "notice" -> new Notice(text(json, "turn"), text(json, "text"));
            case "room-renamed" -> new RoomRenamed(text(json, "name"), member(json, "by"));
            case "room-deleted" -> new RoomDeleted(member(json, "by"));
            default -> null;
        };
        return Optional.ofNullable(event);
    }

    private static Event.Variant variant(JsonNode json) {
        var part = VariantsJson.part(json);
        return new Event.Variant(
                text(json, "turn"),
                text(json, "branch"),
                text(json, "language"),
                part.from(),
                part.to(),
                part.text(),
                part.original());
    }

    private static Message message(JsonNode json) {
        return new Message(
                text(json, "id"),
                member(json, "from"),
                text(json, "text"),
                optional(json, "replaces"),
                answer(json),
                VariantsJson.read(json.path("variants")));
    }

    private static Optional<Answer> answer(JsonNode json) {
        if (!json.has("outcome")) {
            return Optional.empty();
        }
        return Optional.of(new Answer(
                text(json, "turn"),
                text(json, "prompt"),
                text(json, "model"),
                Outcome.of(text(json, "outcome")),
                text(json, "reason"),
                usage(json),
                timing(json),
                ToolCallJson.read(json.path("toolCalls"))));
    }

    private static TurnStarted started(JsonNode json) {
        return new TurnStarted(
                text(json, "turn"),
                text(json, "prompt"),
                member(json, "requestedBy"),
                each(
                        json.path("branches"),
                        it -> new Branch(text(it, "branch"), member(it, "model"), optional(it, "replaces"))),
                each(json.path("interceptors"), it -> new Declared(text(it, "name"), text(it, "mode"))));
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> item) {
        List<T> items = new ArrayList<>();
        array.forEach(node -> items.add(item.apply(node)));
        return items;
    }

    private static Member member(JsonNode json, String field) {
        JsonNode member = json.path(field);
        return new Member(Member.Kind.of(text(member, "kind")), text(member, "id"), text(member, "name"));
    }

    private static Usage usage(JsonNode json) {
        JsonNode usage = json.path("usage");
        return new Usage(
                usage.path("inputTokens").asLong(),
                usage.path("cachedInputTokens").asLong(),
                usage.path("outputTokens").asLong(),
                usage.path("reasoningTokens").asLong(),
                usage.path("costMicros").asLong(),
                usage.path("estimated").asBoolean());
    }

    private static Timing timing(JsonNode json) {
        JsonNode timing = json.path("timing");
        return new Timing(
                timing.path("firstDeltaMillis").asLong(),
                timing.path("durationMillis").asLong());
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("Not an event: no " + field);
        }
        return value.asText();
    }

    private static int number(JsonNode json, String field) {
        JsonNode value = json.get(field);
        if (value == null || !value.canConvertToInt() || value.asInt() < 0) {
            throw new IllegalArgumentException("Not an event: no " + field);
        }
        return value.asInt();
    }

    private static Optional<String> optional(JsonNode json, String field) {
        return Optional.ofNullable(json.get(field)).map(JsonNode::asText);
    }
}
