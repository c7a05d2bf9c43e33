package dev.weir.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HistogramTest {

    private static final List<Duration> BOUNDS = List.of(Duration.ofNanos(10), Duration.ofNanos(100));

    private static Distribution of(List<Long> values) {
        Histogram histogram = Histogram.of(BOUNDS);
        values.forEach(histogram::record);
        return histogram.distribution();
    }

    private static List<Long> counts(Distribution distribution) {
        return distribution.buckets().stream().map(Distribution.Bucket::count).toList();
    }

    @Test
    void counts_a_bound_to_the_bucket_below_it() {
        assertThat(counts(of(List.of(10L, 11L, 100L, 101L)))).containsExactly(1L, 2L, 1L);
    }

    @Test
    void counts_what_is_negative_as_nothing() {
        Distribution distribution = of(List.of(-5L));
        assertThat(counts(distribution)).containsExactly(1L, 0L, 0L);
        assertThat(distribution.sumNanos()).isZero();
    }

    @Test
    void has_zeros_when_nothing_was_recorded() {
        Distribution distribution = of(List.of());
        assertThat(distribution.count()).isZero();
        assertThat(distribution.maxNanos()).isZero();
        assertThat(distribution.quantileNanos(0.5)).isZero();
    }

    @Test
    void gives_the_longest_as_the_last_quantile() {
        assertThat(of(List.of(5L, 70L, 5000L)).quantileNanos(1)).isEqualTo(5000);
    }

    @Property(tries = 200)
    void its_quantiles_rise_and_stay_in_the_bucket_of_the_true_one(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(min = 0, max = 400) Long> values,
            @ForAll @LongRange(min = 1, max = 100) long percent) {
        Distribution distribution = of(values);
        List<Long> sorted = values.stream().sorted().toList();
        double share = percent / 100.0;
        long exact = sorted.get((int) Math.ceil(share * sorted.size()) - 1);

        long told = distribution.quantileNanos(share);

        assertThat(told).isLessThanOrEqualTo(distribution.maxNanos());
        assertThat(told).isGreaterThanOrEqualTo(distribution.quantileNanos(share / 2));
        if (exact <= 10) {
            assertThat(told).isLessThanOrEqualTo(10);
        } else if (exact <= 100) {
            assertThat(told).isBetween(10L, 100L);
        } else {
            assertThat(told).isGreaterThanOrEqualTo(100);
        }
    }
}
