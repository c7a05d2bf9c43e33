package dev.weir.budget.account;

import dev.weir.budget.Budget;
import dev.weir.budget.Period;
import dev.weir.budget.Periods;
import dev.weir.budget.Unit;
import dev.weir.budget.Window;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a budget an account goes by.
 *
 * @param period none where nothing is ever charged
 * @param warnAt percents of the limit, ascending
 */
public record Terms(
        long version, long limit, boolean paused, @Nullable Period period, String zone, List<Integer> warnAt)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** How finely a rolling period is kept. */
    static final int BUCKETS = 60;

    public static Terms of(Budget budget) {
        return new Terms(
                budget.version(),
                budget.limit(),
                budget.paused(),
                budget.unit() == Unit.CONCURRENT_TURNS ? null : budget.period(),
                budget.zone().getId(),
                budget.warnAt());
    }

    /** What may be charged and held in all. */
    long ceiling() {
        return paused ? Long.MAX_VALUE / 4 : limit;
    }

    /** The window of a moment; all time for what has no calendar. */
    Window window(long now) {
        return period instanceof Period.Calendar calendar
                ? Periods.window(calendar, ZoneId.of(zone), Instant.ofEpochMilli(now))
                : Window.ALWAYS;
    }

    /** In milliseconds; 0 where there are no buckets. */
    long bucketLength() {
        return period instanceof Period.Rolling rolling ? bucketLength(rolling.length()) : 0;
    }

    private static long bucketLength(Duration length) {
        return (length.toMillis() + BUCKETS - 1) / BUCKETS;
    }
}
