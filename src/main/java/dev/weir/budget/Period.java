package dev.weir.budget;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How long a budget lasts until it is whole again. */
public sealed interface Period extends Serializable {

    /** Begins anew at a moment of the calendar; weeks begin on Mondays. */
    enum Calendar implements Period {
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was charged counts for so long, and up to a sixtieth more.
     *
     * @param length one minute to 366 days
     */
    record Rolling(Duration length) implements Period {
        public Rolling {
            if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("A rolling period lasts one minute to 366 days.");
            }
        }

        @Override
        public String word() {
            return "rolling:" + length;
        }
    }

    Duration SHORTEST = Duration.ofMinutes(1);
    Duration LONGEST = Duration.ofDays(366);

    /** {@code minute}, {@code hour}, {@code day}, {@code week}, {@code month}, {@code rolling:PT24H}. */
    String word();

    /** Empty when it is none of the words. */
    static Optional<Period> of(String word) {
        for (Calendar calendar : Calendar.values()) {
            if (calendar.word().equals(word)) {
                return Optional.of(calendar);
            }
        }
        if (!word.startsWith("rolling:")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Rolling(Duration.parse(word.substring("rolling:".length()))));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
