package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UsageMeterTest {

    private static FakeBranch metered(List<String> deltas) {
        FakeBranch branch = new FakeBranch();
        Chain meter = new Pipeline(List.of(new UsageMeter()), key -> Optional.empty()).open(branch, branch);
        deltas.forEach(meter::delta);
        meter.end();
        return branch;
    }

    @Property(tries = 200)
    void counts_what_the_whole_text_counts_for_every_split(
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 12) Integer> lengths) {
        FakeBranch branch = metered(Splits.of(text, lengths));

        long counted = branch.tokens.isEmpty() ? 0 : branch.tokens.getLast();
        assertThat(counted).isEqualTo(Tokens.count(text));
        assertThat(branch.text).hasToString(text);
        assertThat(branch.ends).isEqualTo(1);
    }

    @Property(tries = 100)
    void never_counts_backwards_by_more_than_the_open_word(
            @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 9) int length) {
        List<Long> counts = metered(Splits.of(text, List.of(length))).tokens;

        for (int i = 1; i < counts.size(); i++) {
            assertThat(counts.get(i)).isGreaterThanOrEqualTo(counts.get(i - 1) - 1);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "The",
                        " quick",
                        " brown fox",
                        " jumps",
                        ". ",
                        "\n\n",
                        "- item\n",
                        "```java\nint x = 1;\n```\n",
                        "  ",
                        " übermäßig",
                        " 東京都に住んでいます。",
                        " \ud83d\ude00",
                        " 3.14159",
                        "\u00a0",
                        "\u0085",
                        "\t",
                        ".\n",
                        " \n ",
                        "'s don't",
                        "\u3000\u0301",
                        " https://example.org/a?b=c",
                        "antidisestablishmentarianism")
                .list()
                .ofMaxSize(120)
                .map(it -> String.join("", it));
    }

    @Test
    void bears_a_text_without_any_space() {
        String text = "漢字かな".repeat(2000);
        FakeBranch branch = metered(Splits.of(text, List.of(1)));

        assertThat(branch.tokens.getLast()).isBetween((long) Tokens.count(text), Math.round(Tokens.count(text) * 1.05));
    }

    @Test
    void counts_nothing_for_an_empty_answer() {
        assertThat(metered(List.of()).tokens).isEmpty();
    }
}
