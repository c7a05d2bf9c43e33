package dev.weir.api.openai;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.api.BodyBytes;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.room.Completion;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request for a chat completion, checked.
 *
 * @param usage whether a stream ends with a chunk of usage figures
 */
record ChatRequest(String model, boolean stream, boolean usage, List<Line> lines, Map<String, Object> parameters) {

    private static final int DEEPEST = 64;

    /** What a model is told as it stands. What isn't here is Weir's own business or has no meaning for an answer. */
    private static final Set<String> PASSED_ON = Set.of(
            "temperature",
            "top_p",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "response_format",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "reasoning_effort",
            "verbosity");

    /** What would change the form of the answer to one that Weir does not give. */
    private static final Set<String> NOT_GIVEN = Set.of("audio", "functions", "function_call");

    private static final ObjectMapper JSON = mapper();

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build());
        return mapper;
    }

    /**
     * Reads a request.
     *
     * @param mostBytes the longest body
     * @throws dev.weir.room.Refusal when it is too long or too slow
     * @throws OpenAiProblem when it is no JSON, or not what a chat completion takes
     */
    static ChatRequest read(InputStream in, int mostBytes) throws IOException {
        return of(parse(BodyBytes.read(in, mostBytes)));
    }

    private static JsonNode parse(byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw OpenAiProblem.body(
                    place == null
                            ? "The body is not JSON."
                            : "The body is not JSON that can be read from line %d, column %d on."
                                    .formatted(place.getLineNr(), place.getColumnNr()));
        }
        throw OpenAiProblem.body("The body is a JSON object.");
    }

    static ChatRequest of(JsonNode json) {
        refuseWhatIsNotGiven(json);
        JsonNode model = json.path("model");
        if (!model.isTextual() || model.asText().isBlank()) {
            throw OpenAiProblem.invalid("model", "\"model\" names the model to ask. GET /v1/models lists them.");
        }
        boolean stream = flag(json, "stream");
        JsonNode options = json.path("stream_options");
        if (!options.isMissingNode() && !options.isNull() && !options.isObject()) {
            throw OpenAiProblem.invalid("stream_options", "\"stream_options\" is an object.");
        }
        return new ChatRequest(
                model.asText(),
                stream,
                flag(options, "include_usage"),
                ChatMessages.read(json.path("messages")),
                parameters(json));
    }

    private static void refuseWhatIsNotGiven(JsonNode json) {
        for (String field : NOT_GIVEN) {
            if (json.hasNonNull(field)) {
                throw OpenAiProblem.invalid(field, "\"" + field + "\" is not supported here.");
            }
        }
        JsonNode many = json.path("n");
        if (many.isNumber() ? many.asInt() != 1 : !many.isMissingNode() && !many.isNull()) {
            throw OpenAiProblem.invalid("n", "\"n\" can only be 1 here: ask again for another answer.");
        }
        if (flag(json, "logprobs")) {
            throw OpenAiProblem.invalid("logprobs", "\"logprobs\" are not supported here.");
        }
    }

    private static boolean flag(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw OpenAiProblem.invalid(field, "\"" + field + "\" is true or false.");
        }
        return value.asBoolean();
    }

    private static Map<String, Object> parameters(JsonNode json) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (String name : PASSED_ON) {
            JsonNode value = json.path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                Parameters.check(name, value);
                parameters.put(name, JSON.convertValue(value, new TypeReference<Object>() {}));
            }
        }
        return parameters;
    }

    Completion completion() {
        return new Completion(ChatMessages.shown(lines), model, new Prompt(lines, parameters));
    }
}
