package dev.weir.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event.Answer;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.model.ModelSpec;
import dev.weir.turn.StartedBranch;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TurnNewsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final TurnNews news = new TurnNews();

    private void ended(String model, String turn, Outcome outcome) {
        ModelSpec spec = new ModelSpec(
                model, "openai", model, model, "", ModelSpec.Price.FREE, 8192, false, Duration.ofMinutes(1));
        StartedBranch branch =
                new StartedBranch("room", turn, turn + "-b", "m", spec, Member.person("u1", "Ada"), "org", NOON);
        news.ended(
                branch,
                new Answer(turn, "m", model, outcome, outcome.word(), new Usage(1, 2, 3, false), new Timing(4, 5)),
                NOON);
    }

    @Test
    void counts_a_models_failures_in_a_row_until_one_does_not_fail() {
        assertThat(news.latest("fast")).isEmpty();
        ended("fast", "1", Outcome.FAILED);
        ended("smart", "2", Outcome.FAILED);
        ended("fast", "3", Outcome.FAILED);
        assertThat(news.latest("fast").orElseThrow().failuresInARow()).isEqualTo(2);
        ended("fast", "4", Outcome.STOPPED);

        assertThat(news.latest("fast").orElseThrow().failuresInARow()).isZero();
        assertThat(news.latest("smart").orElseThrow().failuresInARow()).isEqualTo(1);
    }

    @Test
    void remembers_the_latest_failures_only_the_newest_first() {
        ended("fast", "fine", Outcome.COMPLETE);
        for (int i = 0; i < TurnNews.MOST + 5; i++) {
            ended("fast", "t" + i, Outcome.FAILED);
        }

        assertThat(news.failures()).hasSize(TurnNews.MOST);
        assertThat(news.failures().getFirst().branch().turn()).isEqualTo("t" + (TurnNews.MOST + 4));
    }
}
