package dev.weir.model.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Finish;
import dev.weir.model.Heard;
import dev.weir.model.ModelFailure.Kind;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import dev.weir.model.StreamingModel.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class DemoModelTest {

    private static final String QUESTION = "How do I repair a bicycle?";

    private static DemoModel model(Persona persona, Duration pace, int variant) {
        ModelSpec spec = new ModelSpec(
                "demo", "demo", "quick", "Quick (demo)", "", persona.price(), 8192, true, Duration.ofMillis(150));
        return new DemoModel(spec, persona, pace, () -> variant);
    }

    private static Prompt prompt(String question) {
        return new Prompt(List.of(new Line(Role.USER, question)));
    }

    private static Heard ask(Persona persona, Prompt prompt, int variant) {
        Heard heard = new Heard();
        model(persona, Duration.ZERO, variant).ask(prompt, heard);
        return heard;
    }

    private static String text(Persona persona, String question) {
        Heard heard = ask(persona, prompt(question), 0);
        heard.awaitFinish();
        return heard.text();
    }

    @ParameterizedTest
    @EnumSource(Persona.class)
    void the_answer_is_about_the_topic(Persona persona) {
        assertThat(text(persona, QUESTION).toLowerCase(Locale.ROOT)).contains("repairing a bicycle");
        assertThat(text(persona, "Give me 3 ideas for a garden party").toLowerCase(Locale.ROOT))
                .contains("garden party");
    }

    @ParameterizedTest
    @EnumSource(Persona.class)
    void sums_are_right(Persona persona) {
        assertThat(text(persona, "What is 17 * 23?")).contains("391");
    }

    @Test
    void personas_differ() {
        assertThat(text(Persona.CAREFUL, QUESTION))
                .contains("## ")
                .hasSizeGreaterThan(text(Persona.QUICK, QUESTION).length());
        assertThat(text(Persona.CODER, QUESTION)).contains("```");
    }

    @Test
    void a_list_has_as_many_entries_as_asked_for() {
        assertThat(text(Persona.QUICK, "Give me 7 ideas for a garden party")
                        .lines()
                        .filter(line -> line.startsWith("- ")))
                .hasSize(7);
    }

    @Test
    void says_that_it_is_a_demonstration_when_it_cannot_know() {
        assertThat(text(Persona.QUICK, "What's the weather in Bremen today?")).contains("I am a demonstration model");
    }

    @Test
    void asking_again_can_give_other_words_and_the_same_variant_gives_the_same() {
        Heard first = ask(Persona.CAREFUL, prompt(QUESTION), 0);
        Heard same = ask(Persona.CAREFUL, prompt(QUESTION), 0);
        Heard other = ask(Persona.CAREFUL, prompt(QUESTION), 1);
        first.awaitFinish();
        same.awaitFinish();
        other.awaitFinish();
        assertThat(same.text()).isEqualTo(first.text());
        assertThat(other.text()).isNotEqualTo(first.text());
    }

    @ParameterizedTest
    @EnumSource(Persona.class)
    void goes_on_exactly_where_a_partial_text_ends_whatever_variant_it_was(Persona persona) {
        for (int variant = 0; variant < Author.VARIANTS; variant++) {
            Heard whole = ask(persona, prompt(QUESTION), variant);
            whole.awaitFinish();
            String partial = whole.text().substring(0, whole.text().length() * 2 / 3);
            Heard rest = ask(persona, continued(QUESTION, partial), 0);
            rest.awaitFinish();
            assertThat(partial + rest.text()).isEqualTo(whole.text());
        }
    }

    private static Prompt continued(String question, String partial) {
        return new Prompt(List.of(new Line(Role.USER, question), new Line(Role.ASSISTANT, partial)));
    }

    @Test
    void a_foreign_partial_text_is_gone_on_with_sensibly() {
        Heard rest = ask(Persona.QUICK, continued(QUESTION, "Somebody else wrote this"), 0);
        rest.awaitFinish();
        assertThat(rest.text()).startsWith(" …").contains("bicycle");
    }

    @Test
    void a_follow_up_refers_to_what_was_asked_before() {
        Heard heard = ask(
                Persona.QUICK,
                new Prompt(List.of(
                        new Line(Role.USER, QUESTION),
                        new Line(Role.ASSISTANT, "Like this."),
                        new Line(Role.USER, "And why?"))),
                0);
        heard.awaitFinish();
        assertThat(heard.text()).contains(QUESTION).contains("bicycle");
    }

    @Test
    void deltas_are_about_as_big_as_a_word_and_usage_is_about_four_characters_a_token() {
        Heard heard = ask(Persona.CAREFUL, prompt(QUESTION), 0);
        Finish finish = heard.awaitFinish();
        assertThat(heard.deltas())
                .allMatch(delta -> !delta.isEmpty() && delta.length() <= 13)
                .hasSizeGreaterThan(100);
        assertThat(finish.usage().orElseThrow().outputTokens())
                .isEqualTo(Math.ceilDiv(heard.text().length(), 4));
        assertThat(finish.usage().orElseThrow().inputTokens()).isEqualTo(Math.ceilDiv(QUESTION.length(), 4));
    }

    @Test
    void cancel_works_at_once_even_in_the_pause_before_the_first_word() {
        for (Duration pace : List.of(Duration.ofMillis(5), Duration.ofHours(1))) {
            Heard heard = new Heard();
            Upstream answer = model(Persona.CAREFUL, pace, 0).ask(prompt("/demo long 5000"), heard);
            answer.cancel();
            int deltas = heard.deltas().size();
            await().during(Duration.ofMillis(100))
                    .until(() ->
                            heard.deltas().size() <= deltas + 1 && heard.ends().isEmpty());
        }
    }

    @ParameterizedTest
    @CsvSource({"/demo fail,PROVIDER_ERROR,false", "/demo cut,CUT,true", "/demo stall,STALLED,true"})
    void shows_failures_on_demand(String command, Kind kind, boolean partial) {
        Heard heard = ask(Persona.QUICK, prompt(command), 0);
        assertThat(heard.awaitFailure().kind()).isEqualTo(kind);
        assertThat(heard.text().isEmpty()).isNotEqualTo(partial);
    }

    @Test
    void what_was_cut_can_be_continued_to_the_end() {
        Heard cut = ask(Persona.QUICK, prompt("/demo cut"), 0);
        cut.awaitFailure();
        Heard rest = ask(Persona.QUICK, continued("/demo cut", cut.text()), 0);
        rest.awaitFinish();
        assertThat(cut.text() + rest.text()).isEqualTo(Showcase.trouble(DemoCommand.of("/demo cut")));
    }

    @Test
    void long_empty_and_code_do_as_they_say() {
        assertThat(text(Persona.QUICK, "/demo long 500")
                        .replace("#", "")
                        .strip()
                        .split("\\s+"))
                .hasSize(500);
        assertThat(text(Persona.QUICK, "/demo empty")).isEmpty();
        assertThat(text(Persona.QUICK, "/demo code")).contains("```java", "```python", "| language |", "> A quote");
        assertThat(text(Persona.QUICK, "/demo")).contains("/demo stall");
    }

    @Test
    void anything_at_all_gets_an_answer() {
        for (String odd : List.of(
                "",
                " ",
                "?",
                "🦆",
                "\uD83E",
                "```",
                "(((",
                "$1 \\ {topic} %s",
                "/demo",
                "a".repeat(100_000),
                "\n\n\n")) {
            for (Persona persona : Persona.values()) {
                assertThat(text(persona, odd)).as(persona + " on " + odd).isNotBlank();
            }
        }
        Heard heard = ask(Persona.QUICK, new Prompt(List.of()), 0);
        heard.awaitFinish();
    }
}
