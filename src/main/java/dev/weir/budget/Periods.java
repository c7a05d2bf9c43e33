package dev.weir.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * The windows of calendar periods. Those of one period and zone follow each other without a gap or an overlap, whatever the
 * zone's clocks do: a day on which they are changed is shorter or longer.
 */
public final class Periods {

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    private Periods() {}

    /** The window in which a moment lies. */
    public static Window window(Period.Calendar period, ZoneId zone, Instant now) {
        return switch (period) {
            case MINUTE -> ofOffset(MINUTE, zone, now);
            case HOUR -> ofOffset(HOUR, zone, now);
            case DAY, WEEK, MONTH -> ofDates(period, zone, now);
        };
    }

    /** Of the local clock; cut where that is changed by what is no whole multiple. */
    private static Window ofOffset(long length, ZoneId zone, Instant now) {
        ZoneRules rules = zone.getRules();
        long offset = rules.getOffset(now).getTotalSeconds() * 1000L;
        long start = Math.floorDiv(now.toEpochMilli() + offset, length) * length - offset;
        long end = start + length;
        ZoneOffsetTransition before = rules.previousTransition(now.plusMillis(1));
        ZoneOffsetTransition after = rules.nextTransition(now);
        if (before != null) {
            start = Math.max(start, before.getInstant().toEpochMilli());
        }
        if (after != null) {
            end = Math.min(end, after.getInstant().toEpochMilli());
        }
        return new Window(start, end);
    }

    /** Clocks that are put back just after midnight have a date twice: the moment decides, not the date. */
    private static Window ofDates(Period.Calendar period, ZoneId zone, Instant now) {
        LocalDate first = first(period, now.atZone(zone).toLocalDate());
        while (!now.isBefore(begin(next(period, first), zone))) {
            first = next(period, first);
        }
        return new Window(
                begin(first, zone).toEpochMilli(),
                begin(next(period, first), zone).toEpochMilli());
    }

    private static Instant begin(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    private static LocalDate first(Period.Calendar period, LocalDate date) {
        return switch (period) {
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            case MINUTE, HOUR, DAY -> date;
        };
    }

    private static LocalDate next(Period.Calendar period, LocalDate first) {
        return switch (period) {
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
            case MINUTE, HOUR, DAY -> first.plusDays(1);
        };
    }
}
