package dev.weir.budget;

import java.time.Duration;
import java.util.List;

/**
 * When a budget runs out if what it is for goes on being used as fast as now.
 *
 * @param at when it runs out, in milliseconds since 1970; 0 unless the state is {@link State#RUNS_OUT}
 */
public record Forecast(State state, long at) {

    /** What can be said. */
    public enum State {
        /** Nothing is left now. */
        SPENT,
        RUNS_OUT,
        /** Not in the period that runs; a rolling budget: not within its length. */
        LASTS,
        /** Nothing can be said of a budget that is not used up by and by. */
        NONE
    }

    private static final Forecast SPENT = new Forecast(State.SPENT, 0);
    private static final Forecast LASTS = new Forecast(State.LASTS, 0);
    private static final Forecast NONE = new Forecast(State.NONE, 0);

    /** Into how many parts the stretch of a burn-down is cut. */
    public static final int SLOTS = 48;

    private static final long MOST_LOOK_BACK = Duration.ofMinutes(5).toMillis();

    /**
     * How far back the present rate is looked for, in milliseconds: five minutes, of a short period a fifth.
     *
     * @param length of the period, in milliseconds
     */
    public static long lookBack(long length) {
        return Math.max(1_000, Math.min(MOST_LOOK_BACK, length / 5));
    }

    /**
     * The forecast.
     *
     * @param rate what is used in a millisecond, in the budget's unit
     * @param charged of a rolling budget: what was charged in equally long parts of its length up to now, which comes back
     *     part by part; not used for others
     * @param now in milliseconds since 1970
     */
    public static Forecast of(Standing standing, double rate, List<Long> charged, long now) {
        if (standing.budget().unit() == Unit.CONCURRENT_TURNS) {
            return NONE;
        }
        if (standing.left() == 0) {
            return SPENT;
        }
        if (rate <= 0) {
            return LASTS;
        }
        return standing.budget().period() instanceof Period.Rolling rolling
                ? rolling(
                        (double) standing.left(),
                        rate,
                        charged,
                        rolling.length().toMillis(),
                        now)
                : before(standing.window().end(), now + (long) Math.ceil(standing.left() / rate));
    }

    private static Forecast before(long end, long out) {
        return out < end && out > 0 ? new Forecast(State.RUNS_OUT, out) : LASTS;
    }

    private static Forecast rolling(double left, double rate, List<Long> charged, long length, long now) {
        int parts = Math.max(1, charged.size());
        double width = (double) length / parts;
        double rest = left;
        for (int part = 0; part < parts; part++) {
            if (rest - rate * width <= 0) {
                return new Forecast(State.RUNS_OUT, now + (long) (part * width + rest / rate));
            }
            rest += (charged.isEmpty() ? 0 : charged.get(part)) - rate * width;
        }
        return LASTS;
    }
}
