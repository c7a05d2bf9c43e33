package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.AtLimit;
import dev.weir.budget.Change;
import dev.weir.budget.Draft;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Unit;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetFormTest {

    private static Map<String, String> fields(String... pairs) {
        Map<String, String> fields =
                new HashMap<>(Map.of("name", "Team", "unit", "usd", "limit", "12.50", "period", "month", "at", "cut"));
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return fields;
    }

    private static Optional<Draft> draft(BudgetForm form) {
        return form.draft(login -> login.equals("anna") ? Optional.of("u-anna") : Optional.empty());
    }

    private static Draft good(String... pairs) {
        return draft(new BudgetForm(fields(pairs))).orElseThrow();
    }

    private static String problem(String field, String... pairs) {
        BudgetForm form = new BudgetForm(fields(pairs));
        assertThat(draft(form)).isEmpty();
        assertThat(form.problems()).containsOnlyKeys(field);
        return form.problems().getOrDefault(field, "");
    }

    @ParameterizedTest
    @CsvSource({"12.50,12500000", "$0.000001,1", "0,0", " 999999999 ,999999999000000"})
    void dollars_are_exact_to_a_millionth(String typed, long micros) {
        assertThat(good("limit", typed).limit()).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12,50", "1.0000001", "-1", "1e3", "ten", ".5", "1 000"})
    void what_is_no_exact_amount_of_dollars_is_said_beside_the_limit(String typed) {
        assertThat(problem("limit", "limit", typed)).contains("six decimals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "$5", "1,000", "", "-3"})
    void tokens_are_whole_numbers(String typed) {
        assertThat(problem("limit", "unit", "tokens", "limit", typed)).contains("whole number");
    }

    @Test
    void a_name_is_wanted() {
        assertThat(problem("name", "name", "  ")).contains("name");
    }

    @ParameterizedTest
    @CsvSource({"90m,PT1H30M", "24h,PT24H", "7d,PT168H", "PT36H,PT36H"})
    void rolling_periods_are_said_as_people_say_them(String typed, Duration length) {
        assertThat(good("period", "rolling", "rolling", typed).period()).isEqualTo(new Period.Rolling(length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0m", "1s", "400d", "a day"})
    void other_lengths_are_refused(String typed) {
        assertThat(problem("rolling", "period", "rolling", "rolling", typed)).contains("366 days");
    }

    @Test
    void whose_answers_count_is_taken_as_it_is_said() {
        assertThat(good("organisation", "acme", "user", "anna", "model", "smart")
                        .reach())
                .isEqualTo(new Reach("u-anna", "acme", "", "", "smart"));
        assertThat(problem("user", "user", "nobody")).contains("nobody");
    }

    @Test
    void warnings_are_percents_in_any_order() {
        assertThat(good("warnings", "95%, 50 80;80").warnAt()).containsExactly(50, 80, 95);
        assertThat(good("warnings", " ").warnAt()).isEmpty();
        assertThat(problem("warnings", "warnings", "0.8")).contains("percents");
        assertThat(problem("warnings", "warnings", "101")).contains("percents");
    }

    @Test
    void what_happens_at_the_limit_wants_its_model() {
        assertThat(good("at", "degrade", "other", "fast", "percent", "80 %").atLimit())
                .isEqualTo(new AtLimit.Degrade("fast", 80));
        assertThat(good("at", "switch", "other", "fast").atLimit()).isEqualTo(new AtLimit.Switch("fast"));
        assertThat(problem("other", "at", "switch")).contains("model");
        assertThat(problem("percent", "at", "degrade", "other", "fast", "percent", "0"))
                .contains("1 to 100");
    }

    @Test
    void a_budget_is_shown_as_it_would_be_typed() {
        Draft draft = good(
                "at",
                "degrade",
                "other",
                "fast",
                "percent",
                "80",
                "period",
                "rolling",
                "rolling",
                "24h",
                "warnings",
                "80");
        var budget = new dev.weir.budget.Budget(
                "id",
                draft.name(),
                "",
                draft.reach(),
                draft.unit(),
                draft.limit(),
                draft.period(),
                java.time.ZoneOffset.UTC,
                draft.warnAt(),
                draft.atLimit(),
                true,
                7);
        BudgetForm again = new BudgetForm(BudgetForm.fields(budget));
        assertThat(again.version()).contains(7L);
        assertThat(again.change(Unit.USD))
                .contains(new Change("Team", 12_500_000L, List.of(80), draft.atLimit(), true));
        assertThat(draft(again).orElseThrow().period()).isEqualTo(draft.period());
    }
}
