package dev.weir.api.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Event;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.room.Completion;
import java.time.Instant;
import java.util.List;

/** An answer's objects in OpenAI's form: {@code chat.completion.chunk} and {@code chat.completion}. */
final class ChatJson {

    private final Completion.Begun begun;
    private final boolean usage;
    private final long created = Instant.now().getEpochSecond();

    /** @param usage whether the chunks of a stream tell the usage */
    ChatJson(Completion.Begun begun, boolean usage) {
        this.begun = begun;
        this.usage = usage;
    }

    boolean tellsUsage() {
        return usage;
    }

    /** A chunk of this delta; {@code finish} is null before the last. */
    ObjectNode chunk(ObjectNode delta, @org.jspecify.annotations.Nullable String finish) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject();
        choice.put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finish);
        if (usage) {
            chunk.putNull("usage");
        }
        return chunk;
    }

    /** The chunk that tells the usage and nothing else. */
    ObjectNode usageChunk(Usage used) {
        ObjectNode chunk = head("chat.completion.chunk");
        chunk.putArray("choices");
        chunk.set("usage", usage(used));
        return chunk;
    }

    ObjectNode whole(String text, Event.Answer answer) {
        ObjectNode json = head("chat.completion");
        ObjectNode choice = json.putArray("choices").addObject();
        choice.put("index", 0);
        ObjectNode message = choice.putObject("message");
        message.put("role", "assistant");
        message.put("content", text.isEmpty() && !answer.toolCalls().isEmpty() ? null : text);
        message.putNull("refusal");
        if (!answer.toolCalls().isEmpty()) {
            message.set("tool_calls", toolCalls(answer.toolCalls(), false));
        }
        choice.putNull("logprobs");
        choice.put("finish_reason", finish(answer));
        json.set("usage", usage(answer.usage()));
        return json;
    }

    private ObjectNode head(String object) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-" + begun.turn())
                .put("object", object)
                .put("created", created)
                .put("model", begun.model());
    }

    /** @param numbered as the chunks of a stream have them */
    static ArrayNode toolCalls(List<Event.ToolCall> calls, boolean numbered) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Event.ToolCall call : calls) {
            ObjectNode json = array.addObject();
            if (numbered) {
                json.put("index", array.size() - 1);
            }
            json.put("id", call.id()).put("type", "function");
            json.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        }
        return array;
    }

    static String finish(Event.Answer answer) {
        if (!answer.toolCalls().isEmpty()) {
            return "tool_calls";
        }
        if (answer.outcome() == Outcome.BLOCKED) {
            return "content_filter";
        }
        boolean cut = answer.outcome() == Outcome.OVER_BUDGET || answer.reachedItsLength();
        return cut ? "length" : "stop";
    }

    private static ObjectNode usage(Usage used) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", used.inputTokens())
                .put("completion_tokens", used.outputTokens())
                .put("total_tokens", used.inputTokens() + used.outputTokens());
        json.putObject("prompt_tokens_details").put("cached_tokens", used.cachedInputTokens());
        json.putObject("completion_tokens_details").put("reasoning_tokens", used.reasoningTokens());
        return json;
    }
}
