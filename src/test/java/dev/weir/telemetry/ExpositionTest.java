package dev.weir.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.figure.Histogram;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private final Exposition text = new Exposition();

    @Test
    void writes_a_histogram_with_buckets_that_add_up() {
        Histogram histogram = Histogram.of(List.of(Duration.ofMillis(1), Duration.ofSeconds(2)));
        histogram.record(500_000);
        histogram.record(1_500_000_000);
        histogram.record(3_000_000_000L);

        text.histograms("wait_seconds", "How long.");
        text.add(histogram.distribution(), "model", "a\"b");

        assertThat(text.toString()).isEqualTo("""
                        # HELP weir_wait_seconds How long.
                        # TYPE weir_wait_seconds histogram
                        weir_wait_seconds_bucket{mp_scope="application",model="a\\"b",le="0.001"} 1
                        weir_wait_seconds_bucket{mp_scope="application",model="a\\"b",le="2.0"} 2
                        weir_wait_seconds_bucket{mp_scope="application",model="a\\"b",le="+Inf"} 3
                        weir_wait_seconds_sum{mp_scope="application",model="a\\"b"} 4.5005
                        weir_wait_seconds_count{mp_scope="application",model="a\\"b"} 3
                        """);
    }

    @Test
    void writes_counters_with_fractions() {
        text.counters("cost_dollars_total", "Money.");
        text.add(BigDecimal.valueOf(1_250_000, 6));

        assertThat(text.toString()).endsWith("weir_cost_dollars_total{mp_scope=\"application\"} 1.25\n");
    }
}
