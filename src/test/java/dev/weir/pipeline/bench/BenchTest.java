package dev.weir.pipeline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event.Verdict.Decision;
import dev.weir.event.Member;
import dev.weir.pipeline.BranchContext;
import dev.weir.pipeline.LengthGuard;
import dev.weir.pipeline.Line;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Place;
import dev.weir.pipeline.Plan;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.StreamInterceptor;
import dev.weir.pipeline.UsageMeter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BenchTest {

    private static final Member ADA = Member.person("ada", "Ada");

    /** Holds words until they are whole, and puts a mark in place of each {@code secret}. */
    private static class Hiding implements StreamInterceptor {
        @Override
        public String name() {
            return "hiding";
        }

        @Override
        public Stage open(BranchContext branch, Stage next) {
            return new Stage() {
                private String word = "";

                @Override
                public List<Line> prompt(List<Line> lines) {
                    return lines.stream()
                            .map(it -> new Line(it.speaker(), it.text().replace("secret", "***")))
                            .toList();
                }

                @Override
                public void delta(String text) {
                    word += text;
                    int space = word.lastIndexOf(' ') + 1;
                    if (space > 0) {
                        pass(word.substring(0, space));
                        word = word.substring(space);
                    }
                }

                private void pass(String text) {
                    if (text.contains("secret")) {
                        branch.verdict(Decision.REDACTED, "a secret");
                    }
                    if (text.contains("forbidden")) {
                        branch.block("forbidden", "This may not be said.");
                    }
                    if (text.contains("crash")) {
                        throw new IllegalStateException("crashed");
                    }
                    next.delta(text.replace("secret", "***"));
                }

                @Override
                public void end() {
                    if (!word.isEmpty()) {
                        pass(word);
                    }
                    next.end();
                }
            };
        }
    }

    private static Plan plan(Map<String, String> settings, StreamInterceptor... interceptors) {
        return new Pipeline(List.of(interceptors), key -> Optional.ofNullable(settings.get(key))).plan("o", "r");
    }

    private static Trial run(Plan plan, String... deltas) {
        return Bench.run(plan, "o", ADA, "Is it secret?", List.of(deltas));
    }

    @Test
    void shows_what_is_released_when_and_what_is_held_by_whom() {
        Trial trial = run(plan(Map.of(), new Hiding()), "a sec", "ret ", "word");

        assertThat(trial.text()).isEqualTo("a *** word");
        assertThat(trial.question()).isEqualTo("Is it ***?");
        assertThat(trial.ending()).isEmpty();
        assertThat(trial.steps())
                .containsExactly(
                        new Trial.Step("a sec", "a ", List.of(new Trial.Held("hiding", "sec")), List.of()),
                        new Trial.Step(
                                "ret ",
                                "*** ",
                                List.of(),
                                List.of(new Trial.Verdict("hiding", "redacted", "a secret"))),
                        new Trial.Step("word", "", List.of(new Trial.Held("hiding", "word")), List.of()),
                        new Trial.Step("", "word", List.of(), List.of()));
    }

    @Test
    void says_which_of_several_holds() {
        Trial trial = run(plan(Map.of(), new UsageMeter(), new LengthGuard(), new Hiding()), "one tw", "o");

        assertThat(trial.steps().get(0).held()).containsExactly(new Trial.Held("hiding", "tw"));
        assertThat(trial.steps().get(1).held()).containsExactly(new Trial.Held("hiding", "two"));
        assertThat(trial.tokens()).isEqualTo(2);
    }

    @Test
    void takes_nothing_more_after_a_block_and_releases_nothing_that_was_held() {
        Trial trial = run(plan(Map.of(), new Hiding()), "a ", "forbidden ", "word ");

        assertThat(trial.text()).isEqualTo("a ");
        assertThat(trial.steps()).hasSize(2);
        assertThat(trial.ending()).hasValue(new Trial.Ending(true, "hiding", "This may not be said."));
        assertThat(trial.steps().get(1).verdicts())
                .containsExactly(new Trial.Verdict("hiding", "blocked", "forbidden"));
    }

    @Test
    void goes_on_where_a_guard_only_reports() {
        Trial trial =
                run(plan(Map.of("weir.interceptors.hiding.mode", "report"), new Hiding()), "a ", "forbidden ", "word ");

        assertThat(trial.ending()).isEmpty();
        assertThat(trial.text()).isEqualTo("a forbidden word ");
    }

    @Test
    void says_that_an_interceptor_failed() {
        Trial trial = run(plan(Map.of(), new Hiding()), "a ", "crash ", "word ");

        assertThat(trial.text()).isEqualTo("a ");
        assertThat(trial.ending()).hasValueSatisfying(it -> {
            assertThat(it.blocked()).isFalse();
            assertThat(it.reason()).contains("crashed");
        });

        Trial unopened = run(plan(Map.of("weir.interceptors.length.max-characters", "many"), new LengthGuard()), "a ");
        assertThat(unopened.steps()).isEmpty();
        assertThat(unopened.ending())
                .hasValueSatisfying(it -> assertThat(it.interceptor()).isEqualTo("length"));
    }

    @Test
    void feeds_nothing_that_counts_or_keeps() {
        StreamInterceptor ledger = new StreamInterceptor() {
            @Override
            public String name() {
                return "ledger";
            }

            @Override
            public Place place() {
                return Place.LOG;
            }

            @Override
            public Stage open(BranchContext branch, Stage next) {
                throw new AssertionError("A trial was fed to what keeps accounts.");
            }
        };

        assertThat(run(plan(Map.of(), new Hiding(), ledger), "a ").text()).isEqualTo("a ");
    }

    @Test
    void cuts_as_it_is_told() {
        assertThat(Cuts.every("abcdefg", 3)).containsExactly("abc", "def", "g");
        assertThat(Cuts.every("", 3)).isEmpty();
        assertThat(Cuts.words("Two  words\nhere.")).containsExactly("Two", "  words", "\nhere.");
        assertThat(Cuts.at("abc", new TreeSet<>(List.of(0, 1, 3, 9)))).containsExactly("a", "bc");
    }
}
