package dev.weir.model.openai;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ImageContent.DetailLevel;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.weir.event.Event.ToolCall;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Image;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Part;
import dev.weir.model.StreamingModel.Prompt.Text;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a prompt as langchain4j's messages. */
final class Messages {

    private static final Pattern DATA_URL = Pattern.compile("data:([^;,]{1,100});base64,(.*)", Pattern.DOTALL);

    /** OpenAI finds a tool's result by the id of its call alone; langchain4j wants some name. */
    private static final String TOOL = "tool";

    private Messages() {}

    static List<ChatMessage> of(Prompt prompt) {
        return prompt.lines().stream()
                .filter(line ->
                        line.role() != Prompt.Role.SYSTEM || !line.text().isBlank())
                .map(Messages::message)
                .toList();
    }

    private static ChatMessage message(Line line) {
        return switch (line.role()) {
            case SYSTEM -> SystemMessage.from(line.text());
            case USER -> user(line);
            case ASSISTANT -> assistant(line);
            case TOOL -> ToolExecutionResultMessage.from(line.toolCallId(), TOOL, line.text());
        };
    }

    private static ChatMessage user(Line line) {
        boolean plain = line.parts().size() == 1 && line.parts().getFirst() instanceof Text;
        return plain
                ? UserMessage.from(line.text())
                : UserMessage.from(line.parts().stream().map(Messages::content).toList());
    }

    private static Content content(Part part) {
        return switch (part) {
            case Text text -> TextContent.from(text.text());
            case Image image -> image(image);
        };
    }

    private static Content image(Image image) {
        DetailLevel detail = switch (image.detail()) {
            case "low" -> DetailLevel.LOW;
            case "high" -> DetailLevel.HIGH;
            default -> DetailLevel.AUTO;
        };
        Matcher data = DATA_URL.matcher(image.url());
        return data.matches()
                ? ImageContent.from(data.group(2), data.group(1), detail)
                : ImageContent.from(image.url(), detail);
    }

    private static ChatMessage assistant(Line line) {
        if (line.toolCalls().isEmpty()) {
            return AiMessage.from(line.text());
        }
        AiMessage.Builder message = AiMessage.builder()
                .toolExecutionRequests(
                        line.toolCalls().stream().map(Messages::request).toList());
        return line.text().isEmpty()
                ? message.build()
                : message.text(line.text()).build();
    }

    private static ToolExecutionRequest request(ToolCall call) {
        return ToolExecutionRequest.builder()
                .id(call.id())
                .name(call.name())
                .arguments(call.arguments())
                .build();
    }
}
