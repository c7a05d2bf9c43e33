package dev.weir.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.event.Event;
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
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Writes events as the JSON objects that travel: once, at the append, for every reader on every node. The form is the one
 * in {@code docs/protocol.md}, without {@code seq}, which a reader splices in when it knows the event's place.
 */
final class EventJson {

    private static final JsonFactory JSON = new JsonFactory();

    private EventJson() {}

    static String write(Instant at, Event event) {
        StringWriter out = new StringWriter(160);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
            body(json, event);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    /** Puts an event's number in front: {@code {"at":…} becomes {"seq":41,"at":…}}. */
    static String numbered(long seq, String event) {
        return "{\"seq\":" + seq + "," + event.substring(1);
    }

    private static void body(JsonGenerator json, Event event) throws IOException {
        switch (event) {
            case Delta delta -> {
                head(json, "delta", delta.turn(), delta.branch());
                json.writeStringField("text", delta.text());
            }
            case Event.Variant variant -> {
                head(json, "variant", variant.turn(), variant.branch());
                json.writeStringField("language", variant.language());
                VariantsJson.part(json, VariantsJson.part(variant));
            }
            case Message message -> message(json, message);
            case TurnStarted started -> started(json, started);
            case TurnEnded ended -> {
                head(json, "turn-ended", ended.turn(), ended.branch());
                json.writeStringField("outcome", ended.outcome().word());
                json.writeStringField("reason", ended.reason());
                usage(json, ended.usage());
                timing(json, ended.timing());
            }
            case Withdrawn withdrawn -> {
                head(json, "withdrawn", withdrawn.turn(), withdrawn.branch());
                json.writeNumberField("kept", withdrawn.kept());
                json.writeStringField("rule", withdrawn.rule());
            }
            case Presence presence -> {
                json.writeStringField("type", "presence");
                member(json, "member", presence.member());
                json.writeStringField("state", presence.state().word());
            }
            case Verdict verdict -> {
                head(json, "verdict", verdict.turn(), verdict.branch());
                json.writeStringField("interceptor", verdict.interceptor());
                json.writeStringField("decision", verdict.decision().word());
                json.writeStringField("rule", verdict.rule());
            }
            case Notice notice -> {
                json.writeStringField("type", "notice");
                json.writeStringField("turn", notice.turn());
                json.writeStringField("text", notice.text());
            }
            case RoomRenamed renamed -> {
                json.writeStringField("type", "room-renamed");
                json.writeStringField("name", renamed.name());
                member(json, "by", renamed.by());
            }
            case RoomDeleted deleted -> {
                json.writeStringField("type", "room-deleted");
                member(json, "by", deleted.by());
            }
        }
    }

    private static void head(JsonGenerator json, String type, String turn, String branch) throws IOException {
        json.writeStringField("type", type);
        json.writeStringField("turn", turn);
        json.writeStringField("branch", branch);
    }

    private static void message(JsonGenerator json, Message message) throws IOException {
        json.writeStringField("type", "message");
        json.writeStringField("id", message.id());
        member(json, "from", message.from());
        json.writeStringField("text", message.text());
        if (message.replaces().isPresent()) {
            json.writeStringField("replaces", message.replaces().get());
        }
        if (!message.variants().isEmpty()) {
            json.writeFieldName("variants");
            VariantsJson.write(json, message.variants());
        }
        if (message.answer().isPresent()) {
            Event.Answer answer = message.answer().get();
            json.writeStringField("turn", answer.turn());
            json.writeStringField("prompt", answer.prompt());
            json.writeStringField("model", answer.model());
            json.writeStringField("outcome", answer.outcome().word());
            json.writeStringField("reason", answer.reason());
            usage(json, answer.usage());
            timing(json, answer.timing());
            if (!answer.toolCalls().isEmpty()) {
                json.writeFieldName("toolCalls");
                json.writeRawValue(ToolCallJson.write(answer.toolCalls()));
            }
        }
    }

    private static void started(JsonGenerator json, TurnStarted started) throws IOException {
        json.writeStringField("type", "turn-started");
        json.writeStringField("turn", started.turn());
        json.writeStringField("prompt", started.prompt());
        member(json, "requestedBy", started.requestedBy());
        json.writeArrayFieldStart("branches");
        for (Branch branch : started.branches()) {
            json.writeStartObject();
            json.writeStringField("branch", branch.id());
            member(json, "model", branch.model());
            if (branch.replaces().isPresent()) {
                json.writeStringField("replaces", branch.replaces().get());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("interceptors");
        for (Declared declared : started.interceptors()) {
            json.writeStartObject();
            json.writeStringField("name", declared.name());
            json.writeStringField("mode", declared.mode());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void member(JsonGenerator json, String field, Member member) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("kind", member.kind().word());
        json.writeStringField("id", member.id());
        json.writeStringField("name", member.name());
        json.writeEndObject();
    }

    private static void usage(JsonGenerator json, Usage usage) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("inputTokens", usage.inputTokens());
        if (usage.cachedInputTokens() > 0) {
            json.writeNumberField("cachedInputTokens", usage.cachedInputTokens());
        }
        json.writeNumberField("outputTokens", usage.outputTokens());
        if (usage.reasoningTokens() > 0) {
            json.writeNumberField("reasoningTokens", usage.reasoningTokens());
        }
        json.writeNumberField("costMicros", usage.micros());
        json.writeBooleanField("estimated", usage.estimated());
        json.writeEndObject();
    }

    private static void timing(JsonGenerator json, Timing timing) throws IOException {
        json.writeObjectFieldStart("timing");
        json.writeNumberField("firstDeltaMillis", timing.firstDeltaMillis());
        json.writeNumberField("durationMillis", timing.durationMillis());
        json.writeEndObject();
    }
}
