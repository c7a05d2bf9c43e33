package dev.weir.pipeline.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class AlignmentTest {

    @Test
    void finds_its_way_past_what_was_replaced() {
        Alignment alignment = new Alignment("Write to ann@example.org or to ben.", "Write to [EMAIL] or to ben.");

        assertThat(alignment.inputFor(9)).isEqualTo(9);
        assertThat(alignment.inputFor(16)).isEqualTo(24);
        assertThat(alignment.inputFor(20)).isEqualTo(28);
        assertThat(alignment.inputFor(27)).isEqualTo(35);
    }

    @Test
    void takes_what_changes_character_by_character_so() {
        assertThat(new Alignment("hello", "HELLO").inputFor(3)).isEqualTo(3);
    }

    @Property
    void knows_each_place_of_what_is_not_changed(@ForAll @AlphaChars String text) {
        Alignment alignment = new Alignment(text, text);

        for (int i = 0; i <= text.length(); i++) {
            assertThat(alignment.inputFor(i)).isEqualTo(i);
        }
    }

    @Property
    void never_goes_back_nor_past_the_end(
            @ForAll @StringLength(max = 60) String in, @ForAll @StringLength(max = 60) String out) {
        Alignment alignment = new Alignment(in, out);
        int before = 0;
        for (int i = 0; i <= out.length(); i++) {
            assertThat(alignment.inputFor(i)).isBetween(before, in.length());
            before = alignment.inputFor(i);
        }
    }

    @Test
    void is_done_soon_with_long_texts_that_have_nothing_in_common() {
        Assertions.assertTimeout(
                Duration.ofSeconds(10), () -> new Alignment("ab ".repeat(6_666), "xyz".repeat(6_666)).inputFor(9_999));
    }
}
