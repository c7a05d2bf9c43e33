package dev.weir.model.demo;

import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import dev.weir.model.TranslationPrompt;
import java.util.List;
import java.util.Optional;

/**
 * A prompt as the demo models see it.
 *
 * @param question what the person wrote last; empty when there is nothing
 * @param earlier what persons wrote before, oldest first
 * @param partial the answer's text so far when it is to be continued; else empty
 * @param characters of the whole prompt
 * @param translateInto the BCP 47 tag of the language into which the question is to be translated
 */
record Conversation(
        String question, List<String> earlier, String partial, int characters, Optional<String> translateInto) {

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
                lines.stream().mapToInt(line -> line.text().length()).sum(),
                TranslationPrompt.language(prompt));
    }

    boolean continued() {
        return !partial.isEmpty();
    }
}
