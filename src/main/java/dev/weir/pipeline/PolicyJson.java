package dev.weir.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Policies as JSON: {@code {"order":["meter"],"orderLocked":true,"interceptors":{"length":{"mode":"report","locked":true,
 * "settings":{"max-characters":"1000"}}}}}. What is inherited is left out.
 */
public final class PolicyJson {

    private static final JsonMapper JSON = new JsonMapper();

    private PolicyJson() {}

    public static ObjectNode object(Policy policy) {
        ObjectNode json = JSON.createObjectNode();
        policy.order().ifPresent(order -> order.forEach(json.withArray("order")::add));
        if (policy.orderLocked()) {
            json.put("orderLocked", true);
        }
        ObjectNode interceptors = json.putObject("interceptors");
        policy.tunings().forEach((name, tuning) -> put(interceptors.putObject(name), tuning));
        return json;
    }

    /** A short text that is another one for another policy. */
    public static String version(Policy policy) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(object(policy).toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(ObjectNode json, Tuning tuning) {
        tuning.mode().ifPresent(it -> json.put("mode", it.word()));
        tuning.locked().ifPresent(it -> json.put("locked", it.booleanValue()));
        if (!tuning.settings().isEmpty()) {
            ObjectNode settings = json.putObject("settings");
            tuning.settings().forEach(settings::put);
        }
    }

    /**
     * Reads what {@link #object} writes.
     *
     * @throws IllegalArgumentException when it is not that; the message says what is wrong, for who wrote it
     */
    public static Policy parse(String json) {
        try {
            return policy(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The policy is not JSON.", e);
        }
    }

    /** As {@link #parse}; numbers and {@code true} or {@code false} count as the texts they are written as. */
    public static Policy policy(JsonNode json) {
        only(json, "The policy", List.of("order", "orderLocked", "interceptors"));
        Map<String, Tuning> tunings = new TreeMap<>();
        object(json.path("interceptors"), "\"interceptors\"")
                .properties()
                .forEach(it -> tunings.put(it.getKey(), tuning(it.getKey(), it.getValue())));
        return new Policy(order(json.path("order")), flag(json, "orderLocked").orElse(false), tunings);
    }

    private static Optional<List<String>> order(JsonNode json) {
        if (isLeftOut(json)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : json) {
            names.add(name.asText());
        }
        if (!json.isArray() || !json.valueStream().allMatch(JsonNode::isTextual)) {
            throw new IllegalArgumentException("\"order\" is a list of names.");
        }
        return Optional.of(names);
    }

    private static Tuning tuning(String name, JsonNode json) {
        only(json, "\"" + name + "\"", List.of("mode", "locked", "settings"));
        Map<String, String> settings = new TreeMap<>();
        object(json.path("settings"), "\"settings\" of \"" + name + "\"")
                .properties()
                .forEach(it -> settings.put(it.getKey(), value(it.getKey(), it.getValue())));
        return new Tuning(mode(name, json.path("mode")), settings, flag(json, "locked"));
    }

    private static Optional<Mode> mode(String name, JsonNode json) {
        if (isLeftOut(json)) {
            return Optional.empty();
        }
        for (Mode mode : Mode.values()) {
            if (json.isTextual() && mode.word().equals(json.asText())) {
                return Optional.of(mode);
            }
        }
        throw new IllegalArgumentException("\"mode\" of \"" + name + "\" is enforce, report or off.");
    }

    private static String value(String key, JsonNode json) {
        if (!json.isValueNode() || json.isNull()) {
            throw new IllegalArgumentException("\"" + key + "\" is a text, a number, true or false.");
        }
        return json.asText();
    }

    private static Optional<Boolean> flag(JsonNode json, String field) {
        JsonNode flag = json.path(field);
        if (!isLeftOut(flag) && !flag.isBoolean()) {
            throw new IllegalArgumentException("\"" + field + "\" is true or false.");
        }
        return isLeftOut(flag) ? Optional.empty() : Optional.of(flag.asBoolean());
    }

    private static JsonNode object(JsonNode json, String what) {
        if (!isLeftOut(json) && !json.isObject()) {
            throw new IllegalArgumentException(what + " is a JSON object.");
        }
        return json;
    }

    /** So that a misspelt field is not taken for one left out. */
    private static void only(JsonNode json, String what, List<String> fields) {
        if (!json.isObject()) {
            throw new IllegalArgumentException(what + " is a JSON object.");
        }
        json.fieldNames().forEachRemaining(it -> {
            if (!fields.contains(it)) {
                throw new IllegalArgumentException(
                        what + " may have these fields, and no others: " + String.join(", ", fields) + ".");
            }
        });
    }

    private static boolean isLeftOut(JsonNode json) {
        return json.isMissingNode() || json.isNull();
    }
}
