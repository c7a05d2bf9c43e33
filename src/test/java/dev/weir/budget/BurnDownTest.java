package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.BurnDown.Point;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BurnDownTest {

    private static Standing standing(Period period, long charged) {
        Budget budget = new Budget(
                "b", "B", "", Reach.ALL, Unit.TOKENS, 100, period, ZoneOffset.UTC, List.of(), AtLimit.CUT, false, 1);
        return new Standing(budget, charged, 7, 0, new Window(1_000, 2_000), 0, 0, 0);
    }

    @Test
    void goes_back_from_what_the_account_says_by_what_was_charged() {
        Standing standing = standing(Period.Calendar.DAY, 60);

        assertThat(BurnDown.points(standing, standing.window(), List.of(10L, 30L, 20L, 0L), 1_600))
                .containsExactly(new Point(1_000, 0), new Point(1_250, 10), new Point(1_500, 40), new Point(1_600, 60));
    }

    @Test
    void what_was_used_before_the_budget_was_made_does_not_count() {
        Standing standing = standing(Period.Calendar.DAY, 15);

        assertThat(BurnDown.points(standing, standing.window(), List.of(500L, 10L), 1_900))
                .containsExactly(new Point(1_000, 0), new Point(1_500, 5), new Point(1_900, 15));
    }

    @Test
    void a_rolling_budget_shows_its_length_up_to_now() {
        Standing standing = standing(new Period.Rolling(Duration.ofMinutes(1)), 1);

        assertThat(BurnDown.stretch(standing, 100_000)).isEqualTo(new Window(40_000, 100_000));
        assertThat(BurnDown.stretch(standing(Period.Calendar.DAY, 1), 1_500)).isEqualTo(new Window(1_000, 2_000));
    }
}
