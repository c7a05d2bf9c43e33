package dev.weir.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerTextTest {

    @Test
    void keeps_the_first_of_samples_that_are_printed_twice() {
        String text = """
                # TYPE gc_total counter
                # HELP gc_total Collections.
                gc_total{name="G1 Old"} 1.0
                gc_total{name="G1 Young"} 2.0
                # TYPE gc_total counter
                gc_total{name="G1 Old"} 1.0

                thread_count 7.0
                thread_count 8.0
                """;

        assertThat(ServerText.once(text)).isEqualTo("""
                # TYPE gc_total counter
                # HELP gc_total Collections.
                gc_total{name="G1 Old"} 1.0
                gc_total{name="G1 Young"} 2.0
                thread_count 7.0
                """);
    }
}
