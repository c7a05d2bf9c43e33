package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Forecast.State;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final long HOUR = 3_600_000;

    private static Standing standing(Unit unit, Period period, long charged, long held) {
        Budget budget = new Budget(
                "b", "B", "", Reach.ALL, unit, 1_000, period, ZoneOffset.UTC, List.of(), AtLimit.CUT, false, 1);
        return new Standing(budget, charged, held, 0, new Window(0, 24 * HOUR), 0, 0, 0);
    }

    private static Forecast day(long charged, long held, double anHour) {
        return Forecast.of(
                standing(Unit.TOKENS, Period.Calendar.DAY, charged, held), anHour / HOUR, List.of(), 6 * HOUR);
    }

    @Test
    void runs_out_when_what_is_left_is_used_at_the_present_rate() {
        assertThat(day(400, 100, 250)).isEqualTo(new Forecast(State.RUNS_OUT, 8 * HOUR));
    }

    @Test
    void does_not_run_out_when_the_period_ends_before_or_nothing_is_used() {
        assertThat(day(400, 0, 600.0 / 18).state()).isEqualTo(State.LASTS);
        assertThat(day(400, 0, 600.0 / 17).state()).isEqualTo(State.RUNS_OUT);
        assertThat(day(999, 0, 0).state()).isEqualTo(State.LASTS);
    }

    @Test
    void is_spent_when_nothing_is_left() {
        assertThat(day(900, 100, 0).state()).isEqualTo(State.SPENT);
        assertThat(day(1_200, 0, 10).state()).isEqualTo(State.SPENT);
    }

    @Test
    void says_nothing_of_what_is_not_used_up() {
        Standing turns = standing(Unit.CONCURRENT_TURNS, Period.Calendar.DAY, 0, 999);
        assertThat(Forecast.of(turns, 5, List.of(), 0).state()).isEqualTo(State.NONE);
    }

    @Test
    void what_a_rolling_budget_gets_back_meanwhile_counts() {
        Period rolling = new Period.Rolling(Duration.ofHours(10));
        Standing standing = standing(Unit.TOKENS, rolling, 500, 0);
        List<Long> even = Collections.nCopies(10, 50L);
        List<Long> late = List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 500L);

        assertThat(Forecast.of(standing, 100.0 / HOUR, even, 0).at()).isEqualTo(9 * HOUR);
        assertThat(Forecast.of(standing, 100.0 / HOUR, late, 0).at()).isEqualTo(5 * HOUR);
        assertThat(Forecast.of(standing, 60.0 / HOUR, even, 0).state()).isEqualTo(State.LASTS);
        assertThat(Forecast.of(standing, 100.0 / HOUR, List.of(), 0).at()).isEqualTo(5 * HOUR);
    }

    @Test
    void looks_back_five_minutes_or_less_in_short_periods() {
        assertThat(Forecast.lookBack(30 * 24 * HOUR)).isEqualTo(300_000);
        assertThat(Forecast.lookBack(60_000)).isEqualTo(12_000);
        assertThat(Forecast.lookBack(1)).isEqualTo(1_000);
    }
}
