package dev.weir.budget.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.AtLimit;
import dev.weir.budget.Bill;
import dev.weir.budget.Budget;
import dev.weir.budget.Payer;
import dev.weir.budget.Period;
import dev.weir.budget.Period.Calendar;
import dev.weir.budget.Reach;
import dev.weir.budget.Tariff;
import dev.weir.budget.Unit;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Tariff DEAR = (input, cached, output) -> 2 * input + 10 * output;
    private static final Tariff CHEAP = (input, cached, output) -> input + output;
    private static final Map<String, Tariff> TARIFFS = Map.of("dear", DEAR, "cheap", CHEAP);
    private int bills;

    private static Budget budget(String id, Reach reach, Unit unit, long limit, Period period, AtLimit atLimit) {
        return new Budget(
                id, id, reach.organisation(), reach, unit, limit, period, BERLIN, List.of(), atLimit, false, 1);
    }

    private static Budget tokens(long limit, Period period) {
        return budget("b", Reach.ALL, Unit.TOKENS, limit, period, AtLimit.CUT);
    }

    private Bill bill(Instant at, String user, String model, long input, long output) {
        Usage usage = new Usage(input, output, TARIFFS.getOrDefault(model, DEAR).micros(input, 0, output), false);
        return new Bill("a" + bills++, 1, at, new Payer("org", user, "room", model), usage, Outcome.COMPLETE);
    }

    private Bill bill(String local, long input, long output) {
        return bill(LocalDateTime.parse(local).atZone(BERLIN).toInstant(), "ada", "dear", input, output);
    }

    private static Report run(List<Budget> budgets, List<Bill> bills) {
        Simulation simulation = new Simulation(budgets, TARIFFS);
        bills.forEach(simulation::add);
        return simulation.report();
    }

    private static Trial only(Budget budget, List<Bill> bills) {
        return run(List.of(budget), bills).trials().getFirst();
    }

    @Test
    void changes_nothing_where_there_is_enough() {
        Report report = run(
                List.of(tokens(1000, Calendar.MONTH)),
                List.of(bill("2026-02-01T10:00", 10, 100), bill("2026-02-02T10:00", 10, 100)));
        assertThat(report.answers()).isEqualTo(2);
        assertThat(report.refused() + report.cut() + report.degraded() + report.switched())
                .isZero();
        assertThat(report.charged()).isEqualTo(report.micros()).isEqualTo(2 * (20 + 1000));
        Trial trial = report.trials().getFirst();
        assertThat(trial.used()).isEqualTo(220);
        assertThat(trial.charged()).isEqualTo(220);
        assertThat(trial.reached()).isZero();
        assertThat(trial.stretches())
                .singleElement()
                .satisfies(it -> assertThat(it.reachedAt()).isEmpty());
    }

    @Test
    void cuts_what_goes_over_the_limit_and_refuses_what_comes_after() {
        Bill second = bill("2026-02-02T10:00", 10, 100);
        Report report = run(
                List.of(tokens(150, Calendar.MONTH)),
                List.of(bill("2026-02-01T10:00", 10, 100), second, bill("2026-02-03T10:00", 10, 100)));
        assertThat(report.cut()).isEqualTo(1);
        assertThat(report.refused()).isEqualTo(1);
        Trial trial = report.trials().getFirst();
        assertThat(trial.charged()).isEqualTo(150);
        assertThat(trial.stretches().getFirst().reachedAt()).contains(second.at());
        assertThat(report.charged()).isEqualTo(20 + 1000 + 20 + 300);
    }

    @Test
    void refuses_where_too_little_is_left_for_an_input_and_a_few_words() {
        Trial trial = only(
                tokens(135, Calendar.MONTH),
                List.of(
                        bill("2026-02-01T10:00", 10, 100),
                        bill("2026-02-02T10:00", 10, 100),
                        bill("2026-02-02T10:00", 10, 5)));
        assertThat(trial.refused()).isEqualTo(1);
        assertThat(trial.charged()).isEqualTo(125);
    }

    @Test
    void begins_anew_with_each_month_of_the_zone() {
        Trial trial = only(
                tokens(100, Calendar.MONTH),
                List.of(
                        bill("2026-01-31T23:59:59", 10, 90),
                        bill("2026-02-01T00:00", 10, 90),
                        bill("2028-02-29T23:59", 10, 90)));
        assertThat(trial.refused() + trial.cut()).isZero();
        assertThat(trial.periods()).isEqualTo(3);
        assertThat(trial.reached()).isEqualTo(3);
        assertThat(trial.stretches().get(1).window().start())
                .isEqualTo(Instant.parse("2026-01-31T23:00:00Z").toEpochMilli());
    }

    @Test
    void days_on_which_clocks_change_are_one_day_each() {
        Instant midnight = Instant.parse("2026-10-24T22:00:00Z");
        Trial longer = only(
                tokens(100, Calendar.DAY),
                List.of(
                        bill(midnight, "ada", "dear", 10, 50),
                        bill(midnight.plus(Duration.ofHours(25)).minusMillis(1), "ada", "dear", 10, 50),
                        bill(midnight.plus(Duration.ofHours(25)), "ada", "dear", 10, 50)));
        assertThat(longer.stretches()).extracting(Trial.Stretch::charged).containsExactly(100L, 60L);
        Instant spring = Instant.parse("2026-03-28T23:00:00Z");
        Trial shorter = only(
                tokens(100, Calendar.DAY),
                List.of(
                        bill(spring.plus(Duration.ofHours(23)).minusMillis(1), "ada", "dear", 10, 90),
                        bill(spring.plus(Duration.ofHours(23)), "ada", "dear", 10, 90)));
        assertThat(shorter.refused() + shorter.cut()).isZero();
        assertThat(shorter.periods()).isEqualTo(2);
    }

    @Test
    void a_rolling_budget_has_room_again_when_what_was_charged_is_old_enough() {
        Trial trial = only(
                tokens(100, new Period.Rolling(Duration.ofHours(1))),
                List.of(
                        bill("2026-02-01T10:00", 10, 90),
                        bill("2026-02-01T10:59", 10, 90),
                        bill("2026-02-01T11:02", 10, 90)));
        assertThat(trial.refused()).isEqualTo(1);
        assertThat(trial.charged()).isEqualTo(200);
        assertThat(trial.periods()).isEqualTo(1);
    }

    @Test
    void another_model_answers_at_its_own_price_from_the_threshold_on() {
        Budget budget = budget("b", Reach.ALL, Unit.USD, 2000, Calendar.MONTH, new AtLimit.Degrade("cheap", 50));
        Report report =
                run(List.of(budget), List.of(bill("2026-02-01T10:00", 10, 98), bill("2026-02-02T10:00", 10, 98)));
        assertThat(report.degraded()).isEqualTo(1);
        assertThat(report.micros()).isEqualTo(2000);
        assertThat(report.charged()).isEqualTo(1000 + 108);
        assertThat(report.trials().getFirst().degraded()).isEqualTo(1);
    }

    @Test
    void another_model_goes_on_and_reads_what_is_there() {
        Budget budget = budget("b", Reach.ofModel("dear"), Unit.USD, 520, Calendar.MONTH, new AtLimit.Switch("cheap"));
        Report report = run(List.of(budget), List.of(bill("2026-02-01T10:00", 10, 100)));
        assertThat(report.switched()).isEqualTo(1);
        assertThat(report.cut()).isZero();
        // Half of it by the dear one; the cheap one reads 10 + 50 and writes 50.
        assertThat(report.charged()).isEqualTo(520 + 110);
        assertThat(report.trials().getFirst().charged()).isEqualTo(520);
    }

    @Test
    void the_tightest_of_several_counts_and_all_are_charged_the_same_answers() {
        Budget all = budget("a", Reach.ALL, Unit.TOKENS, 1000, Calendar.MONTH, AtLimit.CUT);
        Budget adas = budget("b", Reach.ofUser("ada"), Unit.OUTPUT_TOKENS, 60, Calendar.DAY, AtLimit.CUT);
        Instant at = Instant.parse("2026-02-01T10:00:00Z");
        Report report = run(
                List.of(all, adas),
                List.of(
                        bill(at, "ada", "dear", 10, 100),
                        bill(at, "bob", "dear", 10, 100),
                        bill(at, "ada", "dear", 10, 100)));
        assertThat(report.cut()).isEqualTo(1);
        assertThat(report.refused()).isEqualTo(1);
        Trial ofAll = report.trials().getFirst();
        Trial ofAda = report.trials().getLast();
        assertThat(ofAll.charged()).isEqualTo(70 + 110);
        assertThat(ofAll.used()).isEqualTo(330);
        assertThat(ofAll.refused() + ofAll.cut()).isZero();
        assertThat(ofAda.charged()).isEqualTo(60);
        assertThat(ofAda.used()).isEqualTo(200);
    }

    @Test
    void says_what_it_can_not_know_and_leaves_paused_budgets_out_of_the_way() {
        Budget paused = new Budget(
                "p",
                "p",
                "",
                Reach.ALL,
                Unit.REQUESTS,
                1,
                Calendar.DAY,
                ZoneOffset.UTC,
                List.of(),
                AtLimit.CUT,
                true,
                1);
        Report report = run(
                List.of(budget("c", Reach.ALL, Unit.CONCURRENT_TURNS, 0, Calendar.DAY, AtLimit.CUT), paused),
                List.of(bill("2026-02-01T10:00", 10, 100), bill("2026-02-01T11:00", 10, 100)));
        assertThat(report.refused()).isZero();
        assertThat(report.trials().getFirst().simulated()).isFalse();
        assertThat(report.trials().getLast().charged()).isEqualTo(2);
        assertThat(report.trials().getLast().reached()).isEqualTo(1);
    }

    @Test
    void of_very_many_periods_it_names_those_in_which_the_limit_was_reached() {
        Budget budget = tokens(100, Calendar.MINUTE);
        Simulation simulation = new Simulation(List.of(budget), TARIFFS);
        Instant start = Instant.parse("2026-02-01T00:00:00Z");
        for (int i = 0; i < 500; i++) {
            simulation.add(bill(start.plus(Duration.ofMinutes(i)), "ada", "dear", 10, i % 50 == 0 ? 200 : 10));
        }
        Trial trial = simulation.report().trials().getFirst();
        assertThat(trial.periods()).isEqualTo(500);
        assertThat(trial.reached()).isEqualTo(10);
        assertThat(trial.stretches()).hasSize(10);
    }

    @Property(tries = 100)
    void never_charges_more_than_the_limit_in_any_period(
            @ForAll @IntRange(max = 500) int limit,
            @ForAll @Size(max = 60) List<@IntRange(max = 400) Integer> outputs) {
        Simulation simulation = new Simulation(
                List.of(
                        tokens(limit, Calendar.HOUR),
                        budget("u", Reach.ALL, Unit.USD, limit * 5L, Calendar.DAY, new AtLimit.Switch("cheap"))),
                TARIFFS);
        Instant at = Instant.parse("2026-02-01T00:00:00Z");
        for (int output : outputs) {
            simulation.add(bill(at, "ada", "dear", output % 7, output));
            at = at.plus(Duration.ofMinutes(output % 41));
        }
        Report report = simulation.report();
        for (Trial trial : report.trials()) {
            assertThat(trial.stretches())
                    .allSatisfy(it -> assertThat(it.charged())
                            .isLessThanOrEqualTo(trial.budget().limit()));
            assertThat(trial.stretches().stream()
                            .mapToLong(Trial.Stretch::charged)
                            .sum())
                    .isEqualTo(trial.charged());
        }
    }
}
