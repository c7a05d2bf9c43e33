package dev.weir.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|PT0S",
                "7|PT7S",
                " 1.5 |PT1.5S",
                "999999999|PT24H",
                "Thu, 01 Jan 2026 00:01:30 GMT|PT1M30S",
                "Wed, 31 Dec 2025 00:00:00 GMT|PT0S",
                "Fri, 01 Jan 2027 00:00:00 GMT|PT24H"
            })
    void reads_seconds_and_dates(String value, Duration wait) {
        assertThat(RetryAfter.parse(value, NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-3", "99999999999999999999"})
    void what_cannot_be_read_was_not_said(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }
}
