package dev.weir.room.consumption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.room.consumption.RateWindow.Rate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateWindowTest {

    private final RateWindow window = new RateWindow();

    private static long last(Series series) {
        return series.tokens().getLast();
    }

    @Test
    void shows_the_dearest_and_all_others_in_one() {
        Map<String, Rate> second = new HashMap<>();
        for (int i = 1; i <= 1_000; i++) {
            second.put("u" + i, new Rate(1, i));
        }
        second.put("", new Rate(7, 0));
        window.add(second);

        List<Series> top = window.top(3);

        assertThat(top).extracting(Series::key).containsExactly("u1000", "u999", "u998", Series.OTHERS);
        assertThat(top.getFirst().micros()).hasSize(RateWindow.SECONDS).endsWith(0L, 1_000L);
        assertThat(top.stream().mapToLong(RateWindowTest::last).sum()).isEqualTo(1_007);
    }

    @Test
    void what_costs_nothing_is_told_by_its_tokens() {
        window.add(Map.of("quick", new Rate(9, 0), "slow", new Rate(2, 0)));

        assertThat(window.top(1)).extracting(Series::key).containsExactly("quick", Series.OTHERS);
        assertThat(window.top(2)).extracting(Series::key).containsExactly("quick", "slow");
    }

    @Test
    void forgets_what_is_older_than_two_minutes() {
        window.add(Map.of("ada", new Rate(5, 5)));
        for (int i = 1; i < RateWindow.SECONDS; i++) {
            window.add(Map.of());
        }
        assertThat(window.top(5).getFirst().tokens()).startsWith(5L, 0L);

        window.add(Map.of());

        assertThat(window.isEmpty()).isTrue();
        assertThat(window.top(5)).isEmpty();
    }

    @Test
    void takes_the_mean_of_the_latest_seconds() {
        assertThat(window.mean("ada", 5)).isEqualTo(Rate.NONE);
        window.add(Map.of("ada", new Rate(4, 40)));
        window.add(Map.of("ada", new Rate(8, 80)));
        assertThat(window.mean("ada", 5)).isEqualTo(new Rate(6, 60));
        window.add(Map.of());
        assertThat(window.mean("ada", 2)).isEqualTo(new Rate(4, 40));
    }
}
