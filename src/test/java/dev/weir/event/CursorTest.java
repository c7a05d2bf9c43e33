package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Property(tries = 300)
    void sorts_as_text_in_the_order_of_the_log(
            @ForAll @LongRange(min = 0, max = 999_999) long epoch,
            @ForAll @LongRange(min = 0, max = 999_999_999_999L) long seq,
            @ForAll @LongRange(min = 0, max = 999_999) long otherEpoch,
            @ForAll @LongRange(min = 0, max = 999_999_999_999L) long otherSeq) {
        Cursor one = new Cursor(epoch, seq);
        Cursor other = new Cursor(otherEpoch, otherSeq);

        assertThat(Integer.signum(one.toString().compareTo(other.toString())))
                .isEqualTo(Integer.signum(one.compareTo(other)));
    }

    @Property(tries = 300)
    void reads_what_it_wrote(
            @ForAll @LongRange(min = 0, max = 999_999_999) long epoch,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long seq) {
        Cursor cursor = new Cursor(epoch, seq);

        assertThat(Cursor.parse(cursor.toString())).isEqualTo(cursor);
        assertThat(Cursor.parse(epoch + "-" + seq)).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-",
                "-1",
                "1--1",
                "a-1",
                "1-1 ",
                " 1-1",
                "1-1\n",
                "1.0-2",
                "9999999999-1",
                "1-9999999999999999",
                "１-１",
                "0x1-1",
                "1-1-1"
            })
    void refuses_what_is_no_cursor(String text) {
        assertThatThrownBy(() -> Cursor.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void has_no_negative_numbers() {
        assertThatThrownBy(() -> new Cursor(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cursor(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
