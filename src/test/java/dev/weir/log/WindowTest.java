package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Property(tries = 300)
    void keeps_the_latest_within_both_bounds(
            @ForAll @IntRange(min = 1, max = 8) int capacity,
            @ForAll @IntRange(min = 1, max = 60) int chars,
            @ForAll @IntRange(min = 0, max = 1000) int first,
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 30) Integer> lengths) {
        Window window = new Window(capacity, chars, first);
        for (int i = 0; i < lengths.size(); i++) {
            window.add(event(first + i, lengths.get(i)));
            long oldest = oldest(window, first);
            List<String> kept = window.from(oldest, Integer.MAX_VALUE);

            assertThat(window.next()).isEqualTo(first + i + 1L);
            assertThat(kept).hasSizeLessThanOrEqualTo(capacity).isNotEmpty();
            assertThat(kept.size() == 1
                            || kept.stream().mapToInt(String::length).sum() <= chars)
                    .isTrue();
            for (int k = 0; k < kept.size(); k++) {
                int seq = (int) oldest + k;
                assertThat(kept.get(k)).isEqualTo(event(seq, lengths.get(seq - first)));
            }
        }
        assertThat(window.holds(window.next())).isTrue();
        assertThat(window.holds(window.next() + 1)).isFalse();
        assertThat(window.from(window.next(), 10)).isEmpty();
    }

    @Property(tries = 50)
    void keeps_as_many_as_it_may_however_many_came(
            @ForAll @IntRange(min = 1, max = 300) int capacity, @ForAll @IntRange(min = 0, max = 1000) int first) {
        Window window = new Window(capacity, Window.MOST_CHARS, first);
        for (int i = 0; i < 700; i++) {
            window.add("event " + (first + i));

            int kept = Math.min(i + 1, capacity);
            assertThat(window.first()).isEqualTo(window.next() - kept);
            assertThat(window.some(window.first(), 1)).containsExactly("event " + window.first());
            assertThat(window.some(window.next() - 1, 1)).containsExactly("event " + (first + i));
        }
        List<String> all = window.some(window.first(), Integer.MAX_VALUE);
        assertThat(all).hasSize(capacity);
        for (int i = 0; i < capacity; i++) {
            assertThat(all.get(i)).isEqualTo("event " + (window.first() + i));
        }
        window.clear();
        assertThat(window.characters()).isZero();
    }

    private static long oldest(Window window, long first) {
        long oldest = window.next();
        while (oldest > first && window.holds(oldest - 1)) {
            oldest--;
        }
        return oldest;
    }

    private static String event(int seq, int length) {
        return Integer.toString(seq % 10).repeat(length);
    }

    @Test
    void gives_at_least_one_event_and_stops_at_enough() {
        Window window = new Window(100, 10_000, 0);
        IntStream.range(0, 10).forEach(i -> window.add("x".repeat(100)));

        assertThat(window.from(0, 1)).hasSize(1);
        assertThat(window.from(0, 250)).hasSize(3);
        assertThat(window.from(9, 250)).hasSize(1);
    }
}
