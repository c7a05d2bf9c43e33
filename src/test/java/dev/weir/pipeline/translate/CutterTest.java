package dev.weir.pipeline.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CutterTest {

    /** Each row is one line; {@code ¦} stands where sentences are cut. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "One. Two.; One.¦Two.",
                "One! Two? Three…; One!¦Two?¦Three…",
                "Really?! Yes.; Really?!¦Yes.",
                "Wait... What?; Wait...¦What?",
                "Wait... and see.; Wait... and see.",
                "It costs 3.14 or 2,50 euros. Next.; It costs 3.14 or 2,50 euros.¦Next.",
                "Version 1.2.3 is out. Get it.; Version 1.2.3 is out.¦Get it.",
                "Ask Dr. Who. He knows.; Ask Dr. Who.¦He knows.",
                "J. R. R. Tolkien wrote it. Read it.; J. R. R. Tolkien wrote it.¦Read it.",
                "E.g. Rome, i.e. Italy. Good.; E.g. Rome, i.e. Italy.¦Good.",
                "See fig. 3 and no. 7. Then stop.; See fig. 3 and no. 7. Then stop.",
                "No. I mean it.; No.¦I mean it.",
                "Am 3. Oktober war z.B. Ruhe. Dann nicht.; Am 3. Oktober war z.B. Ruhe.¦Dann nicht.",
                "In the U.S. He lives.; In the U.S.¦He lives.",
                "Open e.g. https://a.example/b.c?d=e! Then read.; Open e.g. https://a.example/b.c?d=e!¦Then read.",
                "Call `foo. Bar()` now. Done.; Call `foo. Bar()` now.¦Done.",
                "Call ``a ` b. C`` now. Done.; Call ``a ` b. C`` now.¦Done.",
                "Read [The Book. Part I.](https://a.example/x 'T. U.') now. Done.; Read [The Book. Part I.](https://a.example/x 'T. U.') now.¦Done.",
                "He said: \"Stop.\" Then he left.; He said: \"Stop.\"¦Then he left.",
                "**Note.** This is it.; **Note.**¦This is it.",
                "(One. Two.) Three.; (One.¦Two.)¦Three.",
                "Is it? he asked.; Is it? he asked.",
                "Yahoo! is a name. Yes.; Yahoo! is a name.¦Yes.",
                "东京是首都。它很大！对吗？是。; 东京是首都。¦它很大！¦对吗？¦是。",
                "「好。」他说。; 「好。」¦他说。",
                "كيف حالك؟ أنا بخير.; كيف حالك؟¦أنا بخير.",
                "यह है। वह था।; यह है।¦वह था।",
                "Привет. Как дела? А. С. Пушкин пишет.; Привет.¦Как дела?¦А. С. Пушкин пишет.",
                "No end here; No end here",
                "A file.txt and a.b are one. Two.; A file.txt and a.b are one.¦Two.",
                "Costs $5. And more.; Costs $5. And more.",
                "Costs $500. And more.; Costs $500.¦And more.",
                "Good. 🎉 Now more.; Good.¦🎉 Now more.",
                "cafe\u0301. E\u0301t\u00e9 comes.; cafe\u0301.¦E\u0301t\u00e9 comes."
            })
    void cuts_where_sentences_end(String text, String cuts) {
        assertThat(sentences(text)).containsExactly(cuts.split("¦"));
    }

    @Test
    void keeps_what_is_no_prose_out_of_the_sentences() {
        String text = """
                # A title here

                First one. Second
                goes on. Third

                - Item one. Again.
                - [ ] Item *two*
                  continues here.
                12. Numbered
                > Quoted. Twice.

                | Head | Other |
                |------|:-----:|
                | a b. C d. | `x|y` z |

                ```java
                // Not. A sentence.
                int a = 1;
                ```
                After.

                ---

                    indented. Code.
                    more. Of it.

                $$
                x = 1. Y.
                $$
                Underlined
                ==========
                Last\\
                line  \nend""";
        assertThat(sentences(text))
                .containsExactly(
                        "A title here",
                        "First one.",
                        "Second\ngoes on.",
                        "Third",
                        "Item one.",
                        "Again.",
                        "[ ] Item *two*\n  continues here.",
                        "Numbered",
                        "Quoted.",
                        "Twice.",
                        "Head",
                        "Other",
                        "a b.",
                        "C d.",
                        "`x|y` z",
                        "After.",
                        "Underlined",
                        "Last\\",
                        "line",
                        "end");
    }

    @Test
    void a_fence_within_a_list_ends_where_it_ends() {
        assertThat(sentences("- Do this:\n  ```sh\n  ls. Now.\n  ```\n- Then. That."))
                .containsExactly("Do this:", "Then.", "That.");
        assertThat(sentences("````\n```\nNot. This.\n````\nThis.")).containsExactly("This.");
        assertThat(sentences("~~~ text\nNot.\n~~~\nThis.")).containsExactly("This.");
        assertThat(sentences("```one. Line``` here. Two.")).containsExactly("```one. Line``` here.", "Two.");
    }

    @Test
    void a_table_without_outer_pipes_is_cut_in_cells() {
        assertThat(sentences("One\n\na | b\n--- | ---\nc. | d\ne | f"))
                .containsExactly("One", "a | b", "c.", "d", "e", "f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"One. Two", "One. T", "One! \"T", "One.\n"})
    void tells_of_a_sentence_as_soon_as_it_is_over(String text) {
        List<Piece> pieces = new ArrayList<>();
        Cutter cutter = new Cutter(0, pieces::add);
        cutter.take(text);
        assertThat(pieces).hasSize(1);
        assertThat(pieces.getFirst().prose()).startsWith("One");
    }

    @Test
    void a_sentence_without_an_end_is_cut_between_words() {
        List<Piece> pieces = pieces("word ".repeat(1000));
        assertThat(pieces)
                .hasSizeGreaterThan(4)
                .allSatisfy(it -> assertThat(it.source().length()).isLessThanOrEqualTo(Cutter.LONGEST));
        assertThat(pieces.getFirst().source()).endsWith("word ");
    }

    @Test
    void a_text_without_any_space_is_cut_between_characters() {
        String text = "e\u0301\uD83D\uDC69\u200D\uD83D\uDCBB".repeat(2000);
        List<Piece> pieces = pieces(text);
        assertThat(pieces).hasSizeGreaterThan(8);
        assertThat(pieces).allSatisfy(it -> {
            assertThat(Character.isLowSurrogate(it.source().charAt(0))).isFalse();
            assertThat(SentenceEnd.isExtend(it.source().codePointAt(0))).isFalse();
            assertThat(it.source()).doesNotEndWith("\u200D");
        });
    }

    @Test
    void code_comes_while_it_is_written() {
        List<Piece> pieces = new ArrayList<>();
        Cutter cutter = new Cutter(0, pieces::add);
        cutter.take("```\n" + "a line of code\n".repeat(60));
        assertThat(pieces).hasSize(3).allSatisfy(it -> assertThat(it.prose()).isEmpty());
    }

    static List<Piece> pieces(String text) {
        List<Piece> pieces = new ArrayList<>();
        Cutter cutter = new Cutter(0, pieces::add);
        cutter.take(text);
        cutter.end();
        return pieces;
    }

    private static List<String> sentences(String text) {
        List<Piece> pieces = pieces(text);
        assertThat(String.join("", pieces.stream().map(Piece::source).toList())).isEqualTo(text);
        return pieces.stream()
                .map(Piece::prose)
                .filter(it -> it.codePoints().anyMatch(Character::isLetter))
                .toList();
    }
}
