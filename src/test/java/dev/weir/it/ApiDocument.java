package dev.weir.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An OpenAPI 3.0 document, as far as ours goes: finds operations and tells what of an answer is not as it says. */
record ApiDocument(JsonNode root) {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** Follows a reference, where it is one. */
    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : resolved(root.at(reference.substring(1)));
    }

    /** {@code GET /api/rooms}, of each operation. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> item : path.getValue().properties()) {
                if (METHODS.contains(item.getKey())) {
                    operations.add(item.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return operations;
    }

    private JsonNode path(String operation) {
        return root.path("paths").path(operation.substring(operation.indexOf(' ') + 1));
    }

    JsonNode operation(String operation) {
        return path(operation)
                .path(operation.substring(0, operation.indexOf(' ')).toLowerCase(java.util.Locale.ROOT));
    }

    /** {@code path room}, of each parameter. */
    Set<String> parameters(String operation) {
        Set<String> parameters = new TreeSet<>();
        for (JsonNode list :
                List.of(path(operation).path("parameters"), operation(operation).path("parameters"))) {
            for (JsonNode each : list) {
                JsonNode parameter = resolved(each);
                parameters.add(parameter.path("in").asText() + " "
                        + parameter.path("name").asText());
            }
        }
        return parameters;
    }

    /** What of an answer is not as documented; empty when all is. */
    List<String> faults(String operation, int status, String type, String body) {
        JsonNode answer = resolved(operation(operation).path("responses").path(Integer.toString(status)));
        if (answer.isMissingNode() || answer.isEmpty()) {
            return List.of(operation + " does not say that it answers " + status);
        }
        JsonNode content = answer.path("content");
        if (content.isMissingNode() || content.isEmpty()) {
            return body.isEmpty() ? List.of() : List.of(operation + " " + status + " has no body, but: " + body);
        }
        String plain = type.replaceFirst(";.*", "").strip();
        JsonNode schema = content.path(plain).path("schema");
        if (schema instanceof MissingNode) {
            return List.of(operation + " " + status + " is not " + plain);
        }
        List<String> faults = new ArrayList<>();
        if (plain.endsWith("json")) {
            check(operation + " " + status, schema, WeirClient.parse(body), faults);
        }
        return faults;
    }

    private void check(String where, JsonNode reference, JsonNode value, List<String> faults) {
        JsonNode schema = resolved(reference);
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        if (schema.has("oneOf")) {
            checkOneOf(where, schema.path("oneOf"), value, faults);
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> checkObject(where, schema, value, faults);
            case "array" -> checkArray(where, schema, value, faults);
            case "string" -> checkText(where, schema, value, faults);
            case "integer" -> expect(value.isIntegralNumber(), where + " is no whole number", faults);
            case "number" -> expect(value.isNumber(), where + " is no number", faults);
            case "boolean" -> expect(value.isBoolean(), where + " is not true or false", faults);
            default -> faults.add(where + " has a schema of no type");
        }
    }

    private void checkOneOf(String where, JsonNode schemas, JsonNode value, List<String> faults) {
        int fitting = 0;
        for (JsonNode each : schemas) {
            List<String> wrong = new ArrayList<>();
            check(where, each, value, wrong);
            fitting += wrong.isEmpty() ? 1 : 0;
        }
        expect(fitting == 1, where + " fits " + fitting + " of the schemas, not one", faults);
    }

    private void checkObject(String where, JsonNode schema, JsonNode value, List<String> faults) {
        expect(value.isObject(), where + " is no object", faults);
        schema.path("required").forEach(it -> expect(value.has(it.asText()), where + " lacks " + it.asText(), faults));
        boolean open = schema.path("description").asText().contains("More fields");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode known = schema.path("properties").path(field.getKey());
            if (!known.isMissingNode()) {
                check(where + "." + field.getKey(), known, field.getValue(), faults);
            } else {
                expect(open, where + " has an undocumented " + field.getKey(), faults);
            }
        }
    }

    private void checkArray(String where, JsonNode schema, JsonNode value, List<String> faults) {
        expect(value.isArray(), where + " is no array", faults);
        value.forEach(it -> check(where + "[]", schema.path("items"), it, faults));
    }

    private static void checkText(String where, JsonNode schema, JsonNode value, List<String> faults) {
        expect(value.isTextual(), where + " is no text", faults);
        JsonNode words = schema.path("enum");
        if (words.isArray()) {
            List<String> known = new ArrayList<>();
            words.forEach(it -> known.add(it.asText()));
            expect(known.contains(value.asText()), where + " is none of " + known, faults);
        }
        if (schema.path("format").asText().equals("date-time")) {
            try {
                Instant.parse(value.asText());
            } catch (DateTimeParseException e) {
                faults.add(where + " is no moment");
            }
        }
    }

    private static void expect(boolean right, String fault, List<String> faults) {
        if (!right) {
            faults.add(fault);
        }
    }
}
