package dev.weir.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A budget of which there is too little.
 *
 * @param standing of the budget when it refused
 * @param needed what was asked for, in its unit
 */
public record Shortage(Standing standing, long needed) {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM uuuu 'at' HH:mm:ss", Locale.ENGLISH);

    public Budget budget() {
        return standing.budget();
    }

    /** When there is more again; empty when nobody can say. */
    public Optional<Instant> resetsAt() {
        return budget().unit() == Unit.CONCURRENT_TURNS
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(standing.window().end()));
    }

    /** How long to wait before asking again, at least a second. */
    public Duration retryAfter(Instant now) {
        long seconds = resetsAt()
                .map(it -> Duration.between(now, it).plusMillis(999).toSeconds())
                .orElse(1L);
        return Duration.ofSeconds(Math.max(1, seconds));
    }

    /** What is used up and when it is whole again, in plain sentences. */
    public String words() {
        return "The budget \"%s\" is used up: %s of %s are spent and %s set aside.%s"
                .formatted(
                        budget().name(),
                        amount(standing.charged()),
                        amount(budget().limit()),
                        amount(standing.held()),
                        resetsAt().map(this::reset).orElse(" Try again when another answer has ended."));
    }

    private String reset(Instant at) {
        ZonedDateTime local = at.atZone(budget().zone());
        return " There is more on %s (%s).".formatted(DATE.format(local), budget().zone());
    }

    private String amount(long amount) {
        return Amounts.words(budget().unit(), amount);
    }
}
