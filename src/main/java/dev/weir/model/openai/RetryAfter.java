package dev.weir.model.openai;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long a provider asks us to wait: {@code Retry-After} in seconds or as a date (RFC 9110, 10.2.3), and OpenAI's
 * {@code retry-after-ms}. Never negative, never more than a day; what can't be read counts as not said.
 */
final class RetryAfter {

    private static final BigDecimal DAY_MILLIS =
            BigDecimal.valueOf(Duration.ofDays(1).toMillis());
    private static final BigDecimal SECOND_MILLIS = BigDecimal.valueOf(1000);

    private RetryAfter() {}

    /** @param header the value of a header by its name */
    static Optional<Duration> of(Function<String, Optional<String>> header) {
        Optional<Duration> exact = header.apply("retry-after-ms").flatMap(value -> number(value, BigDecimal.ONE));
        return exact.or(() -> header.apply("Retry-After").flatMap(value -> parse(value, Instant.now())));
    }

    static Optional<Duration> parse(String value, Instant now) {
        return number(value, SECOND_MILLIS).or(() -> date(value, now));
    }

    private static Optional<Duration> number(String value, BigDecimal unitMillis) {
        if (!value.strip().matches("\\d{1,12}(\\.\\d{1,9})?")) {
            return Optional.empty();
        }
        BigDecimal millis = new BigDecimal(value.strip()).multiply(unitMillis).min(DAY_MILLIS);
        return Optional.of(
                Duration.ofMillis(millis.setScale(0, RoundingMode.CEILING).longValue()));
    }

    private static Optional<Duration> date(String value, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(now, then);
            Duration day = Duration.ofDays(1);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait.compareTo(day) > 0 ? day : wait);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
