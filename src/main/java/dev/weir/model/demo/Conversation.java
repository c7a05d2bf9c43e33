package dev.weir.model.demo;

import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import java.util.List;

/**
 * A prompt as the demo models see it.
 *
 * @param question what the person wrote last; empty when there is nothing
 * @param earlier what persons wrote before, oldest first
 * @param partial the answer's text so far when it is to be continued; else empty
 * @param characters of the whole prompt
 */
record Conversation(String question, List<String> earlier, String partial, int characters) {

    static Conversation of(Prompt prompt) {
        List<Line> lines = prompt.lines();
        boolean continued = !lines.isEmpty() && lines.getLast().role() == Role.ASSISTANT;
        List<String> said = lines.stream()
                .filter(line -> line.role() == Role.USER)
                .map(line -> line.text().strip())
                .toList();
        return new Conversation(
                said.isEmpty() ? "" : said.getLast(),
                said.isEmpty() ? List.of() : said.subList(0, said.size() - 1),
                continued ? lines.getLast().text() : "",
                lines.stream().mapToInt(line -> line.text().length()).sum());
    }

    boolean continued() {
        return !partial.isEmpty();
    }
}
