package dev.weir.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.room.Refusal;
import dev.weir.room.Refusal.Code;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The JSON object that a request carries. */
record Body(JsonNode json) {

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_TEXTS = 100;
    private static final int DEEPEST = 32;
    private static final JsonMapper JSON = mapper();

    private static JsonMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
        return mapper;
    }

    /**
     * Reads a body; an empty one is an empty object.
     *
     * @throws Refusal when it is too large or too slow, not UTF-8, or no JSON object
     */
    static Body read(InputStream in) {
        byte[] bytes = BodyBytes.read(in, MOST_BYTES);
        if (bytes.length == 0) {
            return new Body(JSON.createObjectNode());
        }
        return new Body(object(text(bytes)));
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(Code.INVALID, "The body is not UTF-8.");
        }
    }

    private static JsonNode object(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (StreamReadException e) {
            throw new Refusal(Code.INVALID, "The body is not JSON: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new Refusal(Code.INVALID, "The body is one JSON object, with nothing after it.");
        }
        throw new Refusal(Code.INVALID, "The body is a JSON object.");
    }

    /** This body, when it has no other fields than these; so that a misspelt one is not taken for one left out. */
    Body only(String... fields) {
        List<String> known = List.of(fields);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                throw new Refusal(
                        Code.INVALID,
                        "The body may have these fields, and no others: " + String.join(", ", known) + ".");
            }
        }
        return this;
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** A field that is a list of texts; empty when it is not there. */
    Set<String> texts(String field) {
        if (!has(field)) {
            return Set.of();
        }
        JsonNode value = json.path(field);
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
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new Refusal(Code.INVALID, "\"" + field + "\" is a text.");
        }
        return Optional.of(value.asText());
    }

    /** A text field that has to be there. */
    String required(String field) {
        return text(field).orElseThrow(() -> new Refusal(Code.INVALID, "\"" + field + "\" is missing, a text."));
    }

    /** A field that is true or false; empty when it is not there. */
    Optional<Boolean> flag(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        JsonNode value = json.path(field);
        if (!value.isBoolean()) {
            throw new Refusal(Code.INVALID, "\"" + field + "\" is true or false.");
        }
        return Optional.of(value.asBoolean());
    }

    /** The body as text, without these fields. */
    String without(Set<String> secrets) {
        ObjectNode rest = json.deepCopy();
        return rest.remove(secrets).toString();
    }
}
