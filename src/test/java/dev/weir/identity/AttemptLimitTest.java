package dev.weir.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {

    private final FakeClock clock = new FakeClock();
    private final AttemptLimit limit = new AttemptLimit(2, Duration.ofMinutes(5), clock);

    @Test
    void allows_so_many_in_any_stretch_of_that_length() {
        assertThat(limit.begin("a")).isEmpty();
        clock.pass(Duration.ofMinutes(4));
        assertThat(limit.begin("a")).isEmpty();
        assertThat(limit.begin("a")).hasValue(Duration.ofMinutes(1));
        clock.pass(Duration.ofMinutes(1));
        assertThat(limit.begin("a")).isEmpty();
        assertThat(limit.begin("a")).hasValue(Duration.ofMinutes(4));
    }

    @Test
    void counts_attempts_that_are_under_way() {
        assertThat(limit.begin("a")).isEmpty();
        assertThat(limit.begin("a")).isEmpty();
        assertThat(limit.begin("a")).isPresent();
        limit.forgive("a");
        assertThat(limit.begin("a")).isEmpty();
    }

    @Test
    void remembers_a_bounded_number_of_keys() {
        limit.begin("kept");
        limit.begin("kept");
        for (int i = 0; i < 50_000; i++) {
            limit.begin("key" + i);
            if (i % 1000 == 0) {
                assertThat(limit.begin("kept")).isPresent();
            }
        }
        assertThat(limit.size()).isEqualTo(10_000);
    }

    @Test
    void keeps_nothing_of_who_was_forgiven() {
        limit.begin("a");
        limit.forgive("a");
        limit.forgive("never seen");

        assertThat(limit.size()).isZero();
    }
}
