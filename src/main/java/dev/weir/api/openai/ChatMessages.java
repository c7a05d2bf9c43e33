package dev.weir.api.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Event.ToolCall;
import dev.weir.model.StreamingModel.Prompt.Image;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Part;
import dev.weir.model.StreamingModel.Prompt.Role;
import dev.weir.model.StreamingModel.Prompt.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The {@code messages} of a request as the lines of a prompt. */
final class ChatMessages {

    private static final int MOST_MESSAGES = 10_000;

    private ChatMessages() {}

    static List<Line> read(JsonNode messages) {
        if (!messages.isArray() || messages.isEmpty()) {
            throw OpenAiProblem.invalid("messages", "\"messages\" is a list of one message or more.");
        }
        if (messages.size() > MOST_MESSAGES) {
            throw OpenAiProblem.invalid("messages", "There are at most " + MOST_MESSAGES + " messages.");
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            lines.add(line(messages.get(i), "messages[" + i + "]"));
        }
        refuseWithoutQuestion(lines);
        return List.copyOf(lines);
    }

    private static void refuseWithoutQuestion(List<Line> lines) {
        if (lines.stream().noneMatch(it -> it.role() == Role.USER || it.role() == Role.TOOL)) {
            throw OpenAiProblem.invalid("messages", "One of the messages has the role \"user\".");
        }
    }

    private static Line line(JsonNode message, String place) {
        Role role = role(message, place);
        List<Part> parts = parts(message.path("content"), role, place + ".content");
        List<ToolCall> calls = role == Role.ASSISTANT ? toolCalls(message.path("tool_calls"), place) : List.of();
        if (parts.isEmpty() && calls.isEmpty()) {
            throw OpenAiProblem.invalid(place + ".content", "The message at " + place + " is empty.");
        }
        return new Line(role, parts, calls, role == Role.TOOL ? text(message, "tool_call_id", place) : "");
    }

    private static Role role(JsonNode message, String place) {
        return switch (message.path("role").asText()) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool" -> Role.TOOL;
            default ->
                throw OpenAiProblem.invalid(
                        place + ".role", "The role is one of system, developer, user, assistant and tool.");
        };
    }

    private static List<Part> parts(JsonNode content, Role role, String place) {
        if (content.isTextual()) {
            return List.of(new Text(content.asText()));
        }
        if (content.isMissingNode() || content.isNull()) {
            return List.of();
        }
        if (!content.isArray()) {
            throw OpenAiProblem.invalid(place, "\"content\" is a text or a list of parts.");
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            parts.add(part(content.get(i), role, place + "[" + i + "]"));
        }
        return parts;
    }

    private static Part part(JsonNode part, Role role, String place) {
        String type = part.path("type").asText();
        return switch (type) {
            case "text" -> new Text(text(part, "text", place));
            case "refusal" -> new Text(text(part, "refusal", place));
            case "image_url" -> {
                if (role != Role.USER) {
                    throw OpenAiProblem.invalid(place, "Only the user's messages have images.");
                }
                yield image(part.path("image_url"), place);
            }
            default ->
                throw OpenAiProblem.invalid(
                        place + ".type", "A part is of type text or image_url here, not \"" + type + "\".");
        };
    }

    private static Image image(JsonNode image, String place) {
        String url = text(image, "url", place + ".image_url");
        if (!url.startsWith("https:") && !url.startsWith("http:") && !url.startsWith("data:image/")) {
            throw OpenAiProblem.invalid(place + ".image_url.url", "An image has an https: or a data:image/ address.");
        }
        return new Image(url, image.path("detail").asText("auto"));
    }

    private static List<ToolCall> toolCalls(JsonNode calls, String place) {
        List<ToolCall> result = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            JsonNode call = calls.get(i);
            String here = place + ".tool_calls[" + i + "]";
            JsonNode function = call.path("function");
            result.add(new ToolCall(
                    text(call, "id", here),
                    text(function, "name", here + ".function"),
                    text(function, "arguments", here + ".function")));
        }
        return result;
    }

    private static String text(JsonNode json, String field, String place) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw OpenAiProblem.invalid(place + "." + field, "\"" + field + "\" is a text.");
        }
        return value.asText();
    }

    /** What the room shows as said: the last thing that the user, or the user's tools, said. */
    static String shown(List<Line> lines) {
        int end = lines.size();
        while (end > 0 && !isQuestion(lines.get(end - 1))) {
            end--;
        }
        int begin = end - 1;
        boolean tools = lines.get(begin).role() == Role.TOOL;
        while (tools && begin > 0 && lines.get(begin - 1).role() == Role.TOOL) {
            begin--;
        }
        String text =
                lines.subList(begin, end).stream().map(ChatMessages::shown).collect(Collectors.joining("\n\n"));
        return text.isBlank() ? "(no text)" : text;
    }

    private static boolean isQuestion(Line line) {
        return line.role() == Role.USER || line.role() == Role.TOOL;
    }

    private static String shown(Line line) {
        return line.parts().stream()
                .map(it -> it instanceof Text text ? text.text() : "(an image)")
                .collect(Collectors.joining("\n"));
    }
}
