package dev.weir.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.event.Event.ToolCall;
import java.util.ArrayList;
import java.util.List;

/** Tool calls as they are kept: {@code [{"id":…,"name":…,"arguments":…}]}. */
public final class ToolCallJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ToolCallJson() {}

    public static String write(List<ToolCall> calls) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (ToolCall call : calls) {
            array.addObject().put("id", call.id()).put("name", call.name()).put("arguments", call.arguments());
        }
        return array.toString();
    }

    public static List<ToolCall> read(String json) {
        try {
            return read(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not tool calls: " + e.getOriginalMessage(), e);
        }
    }

    static List<ToolCall> read(JsonNode array) {
        List<ToolCall> calls = new ArrayList<>();
        for (JsonNode it : array) {
            calls.add(new ToolCall(
                    it.path("id").asText(),
                    it.path("name").asText(),
                    it.path("arguments").asText()));
        }
        return calls;
    }
}
