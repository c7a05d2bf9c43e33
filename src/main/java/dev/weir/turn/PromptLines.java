package dev.weir.turn;

import dev.weir.model.StreamingModel.Prompt;
import dev.weir.pipeline.Chain;
import dev.weir.pipeline.Line;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A prompt's texts, each as a line of its own for the interceptors. */
final class PromptLines {

    private PromptLines() {}

    /** The prompt as the chain lets it go to the model; images, tool calls' ids and parameters stay as they are. */
    static Prompt through(Chain chain, Prompt prompt) {
        List<Line> lines = lines(prompt);
        List<Line> allowed = chain.prompt(lines);
        return allowed.equals(lines) ? prompt : with(prompt, allowed.iterator());
    }

    private static List<Line> lines(Prompt prompt) {
        List<Line> lines = new ArrayList<>();
        for (Prompt.Line line : prompt.lines()) {
            Line.Speaker speaker = Line.Speaker.valueOf(line.role().name());
            for (Prompt.Part part : line.parts()) {
                if (part instanceof Prompt.Text text) {
                    lines.add(new Line(speaker, text.text()));
                }
            }
            line.toolCalls().forEach(it -> lines.add(new Line(speaker, it.arguments())));
        }
        return lines;
    }

    private static Prompt with(Prompt prompt, Iterator<Line> allowed) {
        List<Prompt.Line> lines = new ArrayList<>();
        for (Prompt.Line line : prompt.lines()) {
            List<Prompt.Part> parts = new ArrayList<>();
            for (Prompt.Part part : line.parts()) {
                parts.add(
                        part instanceof Prompt.Text
                                ? new Prompt.Text(allowed.next().text())
                                : part);
            }
            var calls = line.toolCalls().stream()
                    .map(it -> new dev.weir.event.Event.ToolCall(
                            it.id(), it.name(), allowed.next().text()))
                    .toList();
            lines.add(new Prompt.Line(line.role(), parts, calls, line.toolCallId()));
        }
        return new Prompt(lines, prompt.parameters());
    }
}
