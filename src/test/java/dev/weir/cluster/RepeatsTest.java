package dev.weir.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RepeatsTest {

    private static final String NOTHING = "{\"at\":\"1970-01-01T00:00:00.000Z\",\"type\":\"void\"}";

    private final Repeats repeats = new Repeats();

    private static String item(String writer, long number) {
        return Repeats.tagged(writer, number, event(writer, number));
    }

    private static String event(String writer, long number) {
        return "{\"text\":\"" + writer + " says: " + number + "\"}";
    }

    @Test
    void gives_events_as_they_were_appended() {
        assertThat(repeats.untagged(0, List.of(item("a", 0), item("b", 0), item("a", 1))))
                .containsExactly(event("a", 0), event("b", 0), event("a", 1));
    }

    @Test
    void says_nothing_in_the_place_of_a_repeat() {
        repeats.untagged(0, List.of(item("a", 0), item("a", 1)));

        assertThat(repeats.untagged(2, List.of(item("b", 1), item("a", 1), item("a", 2))))
                .containsExactly(event("b", 1), NOTHING, event("a", 2));
    }

    @Test
    void takes_what_overtook_another_for_no_repeat() {
        assertThat(repeats.untagged(0, List.of(item("a", 5), item("a", 3), item("a", 4), item("a", 3))))
                .containsExactly(event("a", 5), event("a", 3), event("a", 4), NOTHING);
    }

    @Test
    void says_the_same_when_it_is_read_again() {
        List<String> items = List.of(item("a", 0), item("a", 0), item("a", 1));
        List<String> first = repeats.untagged(7, items);

        assertThat(repeats.untagged(7, items)).isEqualTo(first).containsExactly(event("a", 0), NOTHING, event("a", 1));
        assertThat(repeats.untagged(9, items.subList(2, 3))).containsExactly(event("a", 1));
    }

    @Test
    void finds_a_repeat_behind_many_events_of_others() {
        List<String> others = LongStream.range(0, Repeats.REMEMBERED - 1)
                .mapToObj(it -> item("b", it))
                .toList();
        repeats.untagged(0, List.of(item("a", 0)));
        repeats.untagged(1, others);

        assertThat(repeats.untagged(Repeats.REMEMBERED, List.of(item("a", 0)))).containsExactly(NOTHING);
    }
}
