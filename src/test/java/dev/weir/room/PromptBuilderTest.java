package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.log.ColdLog.Stored;
import dev.weir.model.ScriptedModel;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.pipeline.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PromptBuilderTest {

    private static Stored said(int seq, String text, boolean answer) {
        Cursor place = new Cursor(1, seq);
        var message = new Event.Message(
                "m" + seq,
                answer ? Member.model("fast", "Fast") : Member.person("ada", "Ada"),
                text,
                Optional.empty(),
                answer
                        ? Optional.of(new Event.Answer(
                                "t", "p", "fast", Outcome.COMPLETE, "", new Usage(0, 0, 0, true), new Timing(0, 0)))
                        : Optional.empty());
        return new Stored(place, Instant.EPOCH, message, false, place);
    }

    private static Prompt build(List<Stored> history, String question, String before, int window) {
        return PromptBuilder.build(
                history, question, before, new ScriptedModel("fast", window, (call, it) -> {}).spec());
    }

    @Property(tries = 200)
    void keeps_the_newest_that_fit_and_always_the_question(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 60) Integer> words,
            @ForAll @IntRange(min = 1, max = 60) int asked,
            @ForAll @IntRange(min = 8, max = 400) int window) {
        List<Stored> history = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            history.add(said(i, "word ".repeat(words.get(i)), i % 2 == 1));
        }
        history.add(said(words.size(), "ask ".repeat(asked), false));
        history.add(said(words.size() + 1, "said later", false));

        List<Line> lines = build(history, "m" + words.size(), "", window).lines();

        List<String> all = history.subList(0, words.size() + 1).stream()
                .map(it -> it.message().text())
                .filter(it -> !it.isBlank())
                .toList();
        assertThat(lines.getLast().text()).isEqualTo("ask ".repeat(asked));
        assertThat(lines).extracting(Line::text).isEqualTo(all.subList(all.size() - lines.size(), all.size()));
        int tokens = lines.stream().mapToInt(it -> Tokens.count(it.text())).sum();
        assertThat(lines.size() == 1 || tokens <= window * 3 / 4).isTrue();
        if (lines.size() < all.size()) {
            int more = Tokens.count(all.get(all.size() - lines.size() - 1));
            assertThat(tokens + more).isGreaterThan(window * 3 / 4);
        }
    }

    @Property(tries = 200)
    void never_takes_a_text_for_shorter_than_it_is(@ForAll String text) {
        assertThat(Tokens.most(text)).isGreaterThanOrEqualTo(Tokens.count(text));
    }

    @Test
    void ends_with_the_text_that_is_to_be_continued() {
        List<Line> lines = build(List.of(said(0, "Question", false)), "m0", "So far ", 1000)
                .lines();

        assertThat(lines).extracting(Line::text).containsExactly("Question", "So far ");
        assertThat(lines).extracting(Line::role).containsExactly(Prompt.Role.USER, Prompt.Role.ASSISTANT);
    }

    @Test
    void shortens_at_a_word_and_never_within_a_character() {
        assertThat(Shortened.of("short", 10)).isEqualTo("short");
        assertThat(Shortened.of("some longer words", 12)).isEqualTo("some longer…");
        assertThat(Shortened.of("\ud83d\ude00".repeat(20), 12)).isEqualTo("\ud83d\ude00".repeat(5) + "…");
    }
}
