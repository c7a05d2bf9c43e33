package dev.weir.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several findings counts, and what is let out when. */
class EngineTest {

    private static String with(String recognisers, String text) {
        Map<String, String> settings = Redacted.all("off");
        settings.put("recognisers", recognisers.replace(" / ", "\n"));
        return Redacted.whole(settings, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the longest of those that begin at one place, then the one that comes first
                "a = xy / b = xyz | xyz xy | [b] [a]",
                "a = xyz / b = xyz | xyz | [a]",
                // the first to begin, and what goes on beyond it is removed too
                "a = wxy / b = xyz | wxyz | [a][b]",
                "a = w.*z / b = xy | wxyz | [a]",
                // the strictest action
                "a; action: mask = 12345678901 / b = 345 | 12345678901 | [a]",
                "a; action: mask = 12345678901 / b; action: mask = 345 | 12345678901 | *******8901",
                "a; action: mask = 12345678901 / b = 9012 | 123456789012 | [a][b]",
                "a; action: mask = 12345678901 / b; action: report = 345 | 12345678901 | *******8901",
            })
    void settles_findings_that_overlap(String recognisers, String text, String expected) {
        assertThat(with(recognisers, text)).isEqualTo(expected);
    }

    @Test
    void lets_out_each_character_as_soon_as_nothing_can_come_of_it() {
        Map<String, String> settings = Redacted.all("off");
        settings.put("card", "label");
        Redacted branch = new Redacted(settings);
        List<String> shown = new ArrayList<>();
        for (char c : "In 1984, 4111 1111 1111 1111!".toCharArray()) {
            branch.give(String.valueOf(c));
            shown.add(branch.text.toString());
        }

        assertThat(shown.subList(0, 10))
                .containsExactly("I", "In", "In ", "In ", "In ", "In ", "In ", "In 1984,", "In 1984, ", "In 1984, ");
        assertThat(shown.subList(10, 28)).containsOnly("In 1984, ");
        assertThat(shown.getLast()).isEqualTo("In 1984, [card]!");
    }

    private static Engine findingNothing(Consumer<String> passed) {
        return new Engine(Plan.of(Redaction.defaults()).acting(), new Outlet() {
            @Override
            public void pass(String text) {
                passed.accept(text);
            }

            @Override
            public void found(Rule rule, Action action, String value) {
                throw new AssertionError(rule);
            }
        });
    }

    @Test
    void passes_a_delta_on_as_it_came_when_nothing_is_in_it() {
        List<String> passed = new ArrayList<>();
        Engine engine = findingNothing(passed::add);
        String delta = "Well, ";
        engine.accept(delta);

        assertThat(passed.getFirst()).isSameAs(delta);
    }

    @Test
    void releases_at_the_end_what_came_to_nothing() {
        Map<String, String> settings = Redacted.all("label");
        settings.put("recognisers", "x = <[^>]*>");
        for (String text : List.of(
                "4111 1111 11", "ada@example", "<abc", "-----BEGIN PRI", "ghp_abc", "\ud83d", "DE89 3704", "+")) {
            assertThat(Redacted.whole(settings, text)).isEqualTo(text);
        }
    }

    /** An answer may end anywhere, when it is stopped or its provider fails. */
    @ParameterizedTest
    @CsvSource({
        "key ghp_0123456789abc, key [github-token]",
        "key AKIAABCD0123, key [aws-access-key]",
        "eyJhbGciOiJIUzI1NiJ9.eyJpc, [jwt]",
        "postgres://app:hunter2, postgres://app:[url-password]",
        "http://localhost:8080, http://localhost:8080",
        "key ghp_abc, key ghp_abc",
    })
    void removes_what_is_there_of_a_secret_that_the_end_cut_off(String text, String expected) {
        assertThat(Redacted.whole(Map.of(), text)).isEqualTo(expected);
    }

    @Test
    void keeps_pairs_of_surrogates_together() {
        List<String> passed = new ArrayList<>();
        Engine engine = findingNothing(passed::add);
        engine.accept("a\ud83d");
        engine.accept("\ude00!");
        engine.finish();

        assertThat(passed).containsExactly("a", "\ud83d\ude00!");
    }
}
