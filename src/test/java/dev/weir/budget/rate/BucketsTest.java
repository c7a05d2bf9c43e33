package dev.weir.budget.rate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.rate.Buckets.Take;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private static final Rules RULES = new Rules(60, 5, 600, 100);

    private @Nullable Buckets buckets;
    private long now = 1_000_000;

    private Rate take(long requests, long tokens) {
        return take(new Take(requests, tokens, false, false, now, RULES));
    }

    private Rate take(Take take) {
        Buckets.Taken taken = Buckets.take(buckets, take);
        buckets = taken.buckets();
        return taken.rate();
    }

    @Test
    void lets_a_burst_through_and_then_as_many_as_come_in_a_minute() {
        for (int i = 0; i < 5; i++) {
            assertThat(take(1, 1).delay()).isZero();
        }
        Rate refused = take(1, 1);
        assertThat(refused.delay()).isEqualTo(1000);
        assertThat(refused.requestsLeft()).isZero();
        assertThat(refused.requestsReset()).isEqualTo(5000);
        assertThat(refused.words()).contains("60 requests a minute").contains("in 1 s");
        now += 1000;
        assertThat(take(1, 1).delay()).isZero();
    }

    @Test
    void counts_tokens_too_and_a_debt_has_to_be_paid_back() {
        take(new Take(0, 150, true, false, now, RULES));
        Rate refused = take(1, 10);
        assertThat(refused.delay()).isEqualTo(6000);
        assertThat(refused.requestsLeft()).isEqualTo(5);
        now += 6000;
        assertThat(take(1, 10).delay()).isZero();
    }

    @Test
    void who_asks_for_more_than_there_ever_is_waits_until_it_is_full() {
        assertThat(take(1, 1_000_000).delay()).isZero();
        assertThat(take(1, 1).delay()).isPositive();
    }

    @Test
    void looking_takes_nothing_and_a_clock_that_steps_back_gives_nothing() {
        for (int i = 0; i < 20; i++) {
            assertThat(take(new Take(1, 1, false, true, now, RULES)).delay()).isZero();
        }
        for (int i = 0; i < 5; i++) {
            take(1, 0);
        }
        now -= 100_000;
        assertThat(take(1, 0).delay()).isEqualTo(1000);
    }

    @Property
    void never_lets_more_through_than_burst_and_rate(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 3000) Integer> pauses) {
        buckets = null;
        long begin = now;
        int taken = 0;
        for (int pause : pauses) {
            now += pause;
            if (take(1, 0).delay() == 0) {
                taken++;
            }
            assertThat((long) taken).isLessThanOrEqualTo(5 + (now - begin) * 60 / 60_000 + 1);
        }
    }
}
