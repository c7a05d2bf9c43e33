package dev.weir.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What langchain4j does not tell of a chunk (OpenAI API reference, "The chat completion chunk object").
 *
 * @param error the chunk is an error object in place of a chunk
 * @param finished the chunk says why the answer ends
 * @param refusal the model's words for declining; empty mostly
 */
record Chunk(boolean error, boolean finished, String refusal) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Chunk of(String data) {
        JsonNode root = tree(data);
        JsonNode choice = root.path("choices").path(0);
        return new Chunk(
                hasValue(root.path("error")),
                hasValue(choice.path("finish_reason")),
                choice.path("delta").path("refusal").asText(""));
    }

    /** The JSON in the text, or a missing node when it is none. */
    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static boolean hasValue(JsonNode node) {
        return !node.isMissingNode()
                && !node.isNull()
                && !(node.isTextual() && node.textValue().isEmpty());
    }
}
