package dev.weir.room;

import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.log.ColdLog.Stored;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import dev.weir.pipeline.Tokens;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Makes the prompt for a model from the conversation: the newest lines that fit into three quarters of its context
 * window, the question always. Where several people take part, each line says who speaks.
 */
final class PromptBuilder {

    private PromptBuilder() {}

    static Prompt build(List<Stored> history, String question, String textBefore, ModelSpec model) {
        boolean many = history.stream()
                        .map(it -> it.message().from())
                        .filter(it -> it.kind() == Member.Kind.PERSON)
                        .distinct()
                        .count()
                > 1;
        Deque<Line> lines = new ArrayDeque<>();
        long left = model.contextWindow() * 3L / 4;
        ToLongFunction<String> tokens = surelyFits(history, textBefore, left) ? text -> 0 : Tokens::count;
        if (!textBefore.isEmpty()) {
            lines.addFirst(new Line(Role.ASSISTANT, textBefore));
            left -= tokens.applyAsLong(textBefore);
        }
        boolean asked = false;
        for (Stored stored : history.reversed()) {
            Event.Message message = stored.message();
            asked |= message.id().equals(question);
            if (!asked || message.text().isBlank()) {
                continue;
            }
            left -= tokens.applyAsLong(message.text());
            if (left < 0 && !message.id().equals(question)) {
                break;
            }
            lines.addFirst(line(message, many));
        }
        return new Prompt(List.copyOf(lines));
    }

    /** Most conversations fit by far, and counting them would take longer than all else that is done for a question. */
    private static boolean surelyFits(List<Stored> history, String textBefore, long left) {
        return history.stream()
                        .mapToLong(it -> Tokens.most(it.message().text()))
                        .sum()
                <= left - Tokens.most(textBefore);
    }

    private static Line line(Event.Message message, boolean many) {
        if (message.answer().isPresent()) {
            return new Line(Role.ASSISTANT, message.text());
        }
        return new Line(Role.USER, many ? message.from().name() + ": " + message.text() : message.text());
    }
}
