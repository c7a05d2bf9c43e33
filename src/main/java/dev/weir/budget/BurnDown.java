package dev.weir.budget;

import java.util.ArrayList;
import java.util.List;

/** How a budget was used up in the course of its period. */
public final class BurnDown {

    /**
     * How much was used up at a moment.
     *
     * @param at in milliseconds since 1970
     * @param used in the budget's unit, at least 0
     */
    public record Point(long at, long used) {}

    private BurnDown() {}

    /**
     * The stretch of time that a burn-down shows: the period that runs, of a rolling budget its length up to now.
     *
     * @param now in milliseconds since 1970
     */
    public static Window stretch(Standing standing, long now) {
        return standing.budget().period() instanceof Period.Rolling rolling
                ? new Window(now - rolling.length().toMillis(), now)
                : standing.window();
    }

    /**
     * The course up to now, the oldest first. It ends with what the account says was charged, and goes back from there by
     * what was charged: so it is right however long the budget has existed. Without what is held.
     *
     * @param stretch begins at the first point
     * @param charged in equally long parts of it, the oldest first; those that lie in the future don't count
     */
    public static List<Point> points(Standing standing, Window stretch, List<Long> charged, long now) {
        double width = (double) (stretch.end() - stretch.start()) / Math.max(1, charged.size());
        List<Point> points = new ArrayList<>();
        points.add(new Point(now, standing.charged()));
        long later = 0;
        for (int part = charged.size() - 1; part >= 0; part--) {
            long begin = stretch.start() + Math.round(part * width);
            if (begin < now) {
                later += charged.get(part);
                points.addFirst(new Point(begin, Math.max(0, standing.charged() - later)));
            }
        }
        return points;
    }
}
