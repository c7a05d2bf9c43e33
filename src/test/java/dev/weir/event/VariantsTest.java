package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Variants.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariantsTest {

    private final Variants.Fold fold = new Variants.Fold();

    private void add(String language, int from, int to, String text, boolean original) {
        fold.add(new Event.Variant("t", "b", language, from, to, text, original));
    }

    @Test
    void parts_of_one_kind_that_follow_each_other_become_one() {
        add("fr", 0, 4, "Un.", false);
        add("fr", 4, 9, " Deux.", false);
        add("de", 0, 4, "", true);
        add("fr", 9, 20, "", false);
        add("fr", 20, 30, "", false);
        add("fr", 30, 35, "", true);
        add("fr", 35, 40, " Six.", false);

        Variants folded = fold.folded();

        assertThat(folded.byLanguage().get("fr"))
                .containsExactly(
                        new Part(0, 9, "Un. Deux.", false),
                        new Part(9, 30, "", false),
                        new Part(30, 35, "", true),
                        new Part(35, 40, " Six.", false));
        assertThat(folded.byLanguage().get("de")).containsExactly(new Part(0, 4, "", true));
        assertThat(folded.characters()).isEqualTo(14);
        assertThat(new Variants.Fold(folded).folded()).isEqualTo(folded);
    }

    @Test
    void what_translates_text_that_was_taken_back_goes() {
        add("fr", 0, 4, "Un.", false);
        add("fr", 4, 9, " Deux.", false);
        add("de", 0, 9, "Eins. Zwei.", false);

        fold.keep(6);

        assertThat(fold.folded().byLanguage()).containsOnlyKeys("fr");
        assertThat(fold.folded().byLanguage().get("fr")).isEqualTo(List.of(new Part(0, 4, "Un.", false)));
    }

    @Test
    void nothing_folds_to_nothing() {
        assertThat(fold.folded()).isSameAs(Variants.NONE);
    }
}
