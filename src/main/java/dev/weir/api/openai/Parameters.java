package dev.weir.api.openai;

import com.fasterxml.jackson.databind.JsonNode;

/** Checks the types of what is passed on, so that a mistake is told here and not by a provider in its own words. */
final class Parameters {

    private Parameters() {}

    /** @throws OpenAiProblem when the value can't be one of this parameter */
    static void check(String name, JsonNode value) {
        boolean right = switch (name) {
            case "temperature" -> isBetween(value, 0, 2);
            case "top_p" -> isBetween(value, 0, 1);
            case "presence_penalty", "frequency_penalty" -> isBetween(value, -2, 2);
            case "max_tokens", "max_completion_tokens" -> value.isIntegralNumber() && value.asLong() > 0;
            case "seed" -> value.isIntegralNumber();
            case "stop" -> value.isTextual() || isListOf(value, JsonNode::isTextual);
            case "logit_bias", "response_format" -> value.isObject();
            case "tools" -> isListOf(value, Parameters::isTool);
            case "tool_choice" -> value.isTextual() || value.isObject();
            case "parallel_tool_calls" -> value.isBoolean();
            default -> value.isTextual();
        };
        if (!right) {
            throw OpenAiProblem.invalid(name, "\"" + name + "\" " + expected(name));
        }
    }

    private static String expected(String name) {
        return switch (name) {
            case "temperature" -> "is a number from 0 to 2.";
            case "top_p" -> "is a number from 0 to 1.";
            case "presence_penalty", "frequency_penalty" -> "is a number from -2 to 2.";
            case "max_tokens", "max_completion_tokens" -> "is a whole number of 1 or more.";
            case "seed" -> "is a whole number.";
            case "stop" -> "is a text or a list of texts.";
            case "logit_bias", "response_format" -> "is an object.";
            case "tools" -> "is a list of {\"type\":\"function\",\"function\":{\"name\":…}}.";
            case "tool_choice" -> "is a word or an object.";
            case "parallel_tool_calls" -> "is true or false.";
            default -> "is a text.";
        };
    }

    private static boolean isTool(JsonNode tool) {
        return tool.path("type").asText().equals("function")
                && tool.path("function").path("name").isTextual();
    }

    private static boolean isBetween(JsonNode value, double least, double most) {
        return value.isNumber() && value.asDouble() >= least && value.asDouble() <= most;
    }

    private static boolean isListOf(JsonNode value, java.util.function.Predicate<JsonNode> item) {
        if (!value.isArray()) {
            return false;
        }
        for (JsonNode it : value) {
            if (!item.test(it)) {
                return false;
            }
        }
        return true;
    }
}
