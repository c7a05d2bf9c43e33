package dev.weir.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.room.Refusal;
import dev.weir.room.Refusal.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The JSON object that a request carries. */
record Body(JsonNode json) {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_TEXTS = 100;
    private static final ObjectMapper JSON = mapper();

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(32).build());
        return mapper;
    }

    /**
     * Reads a body; an empty one is an empty object.
     *
     * @throws Refusal when it is too large or no JSON object
     */
    static Body read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new Refusal(Code.TOO_LARGE, "The body has at most 1 MiB.");
        }
        if (bytes.length == 0) {
            return new Body(JSON.createObjectNode());
        }
        return new Body(object(bytes));
    }

    private static JsonNode object(byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new Refusal(Code.INVALID, "The body is not JSON: " + e.getOriginalMessage());
        }
        throw new Refusal(Code.INVALID, "The body is a JSON object.");
    }

    /** A field that is a list of texts; empty when it is not there. */
    Set<String> texts(String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return Set.of();
        }
        if (!value.isArray() || value.size() > MOST_TEXTS) {
            throw new Refusal(Code.INVALID, "\"" + field + "\" is a list of at most " + MOST_TEXTS + " texts.");
        }
        Set<String> texts = new LinkedHashSet<>();
        for (JsonNode text : value) {
            if (!text.isTextual()) {
                throw new Refusal(Code.INVALID, "\"" + field + "\" is a list of texts.");
            }
            texts.add(text.asText());
        }
        return texts;
    }

    /** A text field; empty when it is not there. */
    Optional<String> text(String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new Refusal(Code.INVALID, "\"" + field + "\" is a text.");
        }
        return Optional.of(value.asText());
    }
}
