package dev.weir.pipeline.translate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\0',
            value = {
                "Call `a.b()` now.; Call ⟦1⟧ now.",
                "Use ``a ` b`` here; Use ⟦1⟧ here",
                "A ` alone; A ` alone",
                "See [the book](https://a.example/(b) 'T'). Good; See ⟦1⟧the book⟦2⟧. Good",
                "See ![a picture](x.png) here; See ⟦1⟧ here",
                "Open https://a.example/b?c=d. Then; Open ⟦1⟧. Then",
                "Mail ada@weir.example, please; Mail ⟦1⟧, please",
                "**Bold** and *thin* and snake_case_name; ⟦1⟧Bold⟦2⟧ and ⟦3⟧thin⟦4⟧ and snake_case_name",
                "One<br>two <b>x</b>; One⟦1⟧two ⟦2⟧x⟦3⟧",
                "3 < 4 and 5 > 4; 3 < 4 and 5 > 4",
                "[ ] To do; ⟦1⟧ To do",
                "Noted[^1] and [sic] twice; Noted⟦1⟧ and [sic] twice",
                "It is \\(x^2\\) or $$y$$ or $5; It is ⟦1⟧ or ⟦2⟧ or $5",
                "A ⟦1⟧ of its own; A ⟦1⟧1⟦2⟧ of its own",
                "~~Gone~~ ~5 left; ⟦1⟧Gone⟦2⟧ ~5 left",
            })
    void masks_what_must_come_back_unchanged(String prose, String masked) {
        assertThat(Masked.of(prose).text()).isEqualTo(masked);
        assertThat(Masked.of(prose).restore(masked)).contains(prose);
    }

    @Test
    void a_line_break_within_a_sentence_becomes_a_space() {
        assertThat(Masked.of("one\n  two").text()).isEqualTo("one two");
    }

    @Test
    void marks_may_move_but_pairs_stay_in_order() {
        Masked masked = Masked.of("Use `a` for **this**.");
        assertThat(masked.text()).isEqualTo("Use ⟦1⟧ for ⟦2⟧this⟦3⟧.");
        assertThat(masked.restore("Pour ⟦2⟧ceci⟦3⟧, ⟦1⟧.")).contains("Pour **ceci**, `a`.");
        assertThat(masked.restore("Pour ⟦3⟧ceci⟦2⟧, ⟦1⟧.")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Sans marque.",
                "Deux ⟦1⟧ fois ⟦1⟧.",
                "Autre ⟦2⟧ et ⟦1⟧.",
                "Une ⟦1⟧\nnouvelle ligne.",
                "Avec `⟦1⟧`.",
                "# ⟦1⟧ titre",
                "- ⟦1⟧ liste",
                "1. ⟦1⟧ nombre",
                "> ⟦1⟧",
                "Avec *⟦1⟧*.",
                "Avec ⟦1⟧ <script>.",
                "Avec [⟦1⟧](javascript:x)",
                "Avec ⟦1⟧ | colonne",
                "Avec ⟦1⟧ et ⟦",
                "Avec ⟦1⟧ et ⟦99999999999⟧"
            })
    void refuses_what_would_change_the_structure(String translation) {
        assertThat(Masked.of("Call `a`.").restore(translation)).isEmpty();
    }

    @Test
    void refuses_what_is_far_too_long() {
        assertThat(Masked.of("Short.").restore("long ".repeat(100))).isEmpty();
    }

    @Test
    void what_has_no_letters_has_no_words() {
        assertThat(Masked.of("`a` 12 -- https://a.example").hasWords()).isFalse();
        assertThat(Masked.of("`a` or").hasWords()).isTrue();
    }
}
