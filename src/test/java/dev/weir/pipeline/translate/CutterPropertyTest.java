package dev.weir.pipeline.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CutterPropertyTest {

    private static final List<String> BITS = List.of(
            "Word",
            " ",
            " ",
            "\n",
            "\n",
            "\n\n",
            ". ",
            ".",
            "! ",
            "? ",
            "…",
            "Dr.",
            "e.g.",
            "3.14",
            " 7. ",
            "`",
            "``",
            "```",
            "```\n",
            "~~~\n",
            "- ",
            "* ",
            "**",
            "*",
            "_",
            "# ",
            "#",
            "> ",
            "| ",
            "|",
            "|---|---|\n",
            "---\n",
            "===\n",
            "1. ",
            "    ",
            "\t",
            "[",
            "](https://a.example/b.c \"T. U.\")",
            "]",
            "(",
            ")",
            "$$",
            "\\",
            "\\[",
            "\\]",
            "<b>",
            "https://a.b/c?d=e ",
            "。",
            "！",
            "」",
            "「你好",
            "שלום. ",
            "؟ ",
            "مرحبا",
            "e\u0301",
            "\u200D",
            "\uD83D\uDC69\u200D\uD83D\uDCBB",
            "\uD83D",
            "\uDC69",
            "\u0000",
            "\r\n",
            "\u00A0",
            "a. B. c. ",
            "⟦1⟧",
            "x".repeat(300),
            " ".repeat(300));

    /** For each character of a text. */
    private static final long MOST_STEPS = 1000;

    @Provide
    Arbitrary<String> documents() {
        return Arbitraries.of(BITS).list().ofMaxSize(60).map(it -> String.join("", it));
    }

    @Provide
    Arbitrary<List<Integer>> lengths() {
        return Arbitraries.integers().between(1, 9).list().ofMinSize(1).ofMaxSize(12);
    }

    @Property(tries = 1500)
    void the_cuts_do_not_depend_on_how_the_text_came(
            @ForAll("documents") String text, @ForAll("lengths") List<Integer> lengths) {
        List<Piece> whole = CutterTest.pieces(text);
        List<Piece> split = new ArrayList<>();
        Cutter cutter = new Cutter(0, split::add);
        int from = 0;
        for (int i = 0; from < text.length(); i++) {
            int to = Math.min(text.length(), from + lengths.get(i % lengths.size()));
            cutter.take(text.substring(from, to));
            from = to;
        }
        cutter.end();
        assertThat(split).isEqualTo(whole);
    }

    @Property(tries = 1500)
    void the_pieces_are_the_text(@ForAll("documents") String text) {
        int at = 0;
        for (Piece piece : CutterTest.pieces(text)) {
            assertThat(piece.from()).isEqualTo(at);
            assertThat(piece.source()).isNotEmpty();
            assertThat(piece.proseFrom()).isBetween(0, piece.proseTo());
            assertThat(piece.proseTo()).isLessThanOrEqualTo(piece.source().length());
            assertThat(piece.prose()).isEqualTo(piece.prose().strip());
            at = piece.to();
        }
        assertThat(at).isEqualTo(text.length());
        assertThat(CutterTest.pieces(text).stream().map(Piece::source).collect(Collectors.joining()))
                .isEqualTo(text);
    }

    @Property(tries = 1500)
    void what_is_masked_and_not_translated_comes_back(@ForAll("documents") String text) {
        for (Piece piece : CutterTest.pieces(text)) {
            Masked masked = Masked.of(piece.prose());
            if (masked.hasWords()) {
                assertThat(masked.restore(masked.text()).map(CutterPropertyTest::plain))
                        .contains(plain(piece.prose()));
            }
        }
    }

    /** Breaks within a sentence become spaces. */
    private static String plain(String prose) {
        return prose.replaceAll("[\\s\\p{Z}]+", " ").strip();
    }

    /** What is looked at several times is a piece, which has a bound; the longest code span or link is a piece's. */
    @Example
    void the_worst_texts_take_linear_time() {
        for (String worst : List.of(
                "a. ", "e.g. ", "`", "``` ", "[", "((", "* ", "*", "|", "- ", "\n", " ", "#", "> ", "1. ", "a",
                "\uD83D", ".", "\"", "。", "a.b@", "![", "](", "$$", "\\", "<a ", "--\n", "`a`` ", "e\u0301", "\u200D",
                ":")) {
            String text = worst.repeat(20_000 / worst.length());
            long once = steps(text);
            assertThat(once).as(worst).isLessThan(MOST_STEPS * text.length());
            assertThat(steps(text.repeat(8))).as(worst).isLessThan(9 * once);
        }
    }

    private static long steps(String text) {
        AtomicLong masking = new AtomicLong();
        Cutter cutter =
                new Cutter(0, it -> masking.addAndGet(Masked.of(it.prose()).steps()));
        cutter.take(text);
        cutter.end();
        return cutter.steps() + masking.get();
    }
}
