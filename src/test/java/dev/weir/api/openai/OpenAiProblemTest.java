package dev.weir.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.AtLimit;
import dev.weir.budget.Budget;
import dev.weir.budget.OverBudget;
import dev.weir.budget.Period;
import dev.weir.budget.Reach;
import dev.weir.budget.Shortage;
import dev.weir.budget.Standing;
import dev.weir.budget.Unit;
import dev.weir.budget.Window;
import dev.weir.budget.rate.Rate;
import dev.weir.budget.rate.TooFast;
import dev.weir.room.Refusal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiProblemTest {

    private static final Instant NOW = Instant.parse("2026-02-28T22:59:30Z");

    private static OpenAiProblem overBudget(Instant reset) {
        Budget budget = new Budget(
                "b",
                "Team",
                "",
                Reach.ALL,
                Unit.USD,
                12_500_000,
                Period.Calendar.MONTH,
                ZoneId.of("Europe/Berlin"),
                List.of(),
                AtLimit.CUT,
                false,
                1);
        Standing standing = new Standing(budget, 12_499_999, 1, 0, new Window(0, reset.toEpochMilli()), 0, 0, 0);
        return OpenAiProblem.of(new Refusal(new OverBudget(new Shortage(standing, 5))));
    }

    @Test
    void says_what_is_used_up_and_when_to_come_again() {
        OpenAiProblem problem = overBudget(NOW.plusSeconds(30));
        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.getMessage())
                .isEqualTo(
                        "The budget \"Team\" is used up: $12.499999 of $12.50 are spent and $0.000001 set aside. There is"
                                + " more on 1 March 2026 at 00:00:00 (Europe/Berlin).");
        assertThat(problem.json().path("error").path("resets_at").asText()).isEqualTo("2026-02-28T23:00:00Z");
        assertThat(problem.headers(NOW)).isEqualTo(Map.of("Retry-After", "30", "x-should-retry", "true"));
        assertThat(overBudget(NOW.plusSeconds(3000)).headers(NOW)).containsEntry("x-should-retry", "false");
    }

    @Test
    void says_how_fast_a_caller_may_ask() {
        Rate rate = new Rate(60, 0, 5000, 600, 40, 60_000, 1001);
        OpenAiProblem problem = OpenAiProblem.of(new Refusal(new TooFast(rate)));
        assertThat(problem.status()).isEqualTo(429);
        assertThat(problem.json().path("error").path("code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(problem.headers(NOW))
                .containsEntry("x-ratelimit-limit-requests", "60")
                .containsEntry("x-ratelimit-remaining-requests", "0")
                .containsEntry("x-ratelimit-reset-requests", "5.0s")
                .containsEntry("x-ratelimit-remaining-tokens", "40")
                .containsEntry("x-ratelimit-reset-tokens", "60.0s")
                .containsEntry("Retry-After", "2");
    }
}
