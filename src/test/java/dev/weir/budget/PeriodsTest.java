package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Period.Calendar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PeriodsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Window at(Calendar period, String zone, String local) {
        ZoneId id = ZoneId.of(zone);
        return Periods.window(period, id, LocalDateTime.parse(local).atZone(id).toInstant());
    }

    private static void assertLocal(Window window, String zone, String from, String to) {
        assertThat(Instant.ofEpochMilli(window.start()).atZone(ZoneId.of(zone)).toLocalDateTime())
                .isEqualTo(LocalDateTime.parse(from));
        assertThat(Instant.ofEpochMilli(window.end()).atZone(ZoneId.of(zone)).toLocalDateTime())
                .isEqualTo(LocalDateTime.parse(to));
    }

    @Test
    void months_end_when_they_end_leap_days_included() {
        assertLocal(
                at(Calendar.MONTH, "Europe/Berlin", "2028-02-29T23:59:59.999"),
                "Europe/Berlin",
                "2028-02-01T00:00",
                "2028-03-01T00:00");
        assertLocal(
                at(Calendar.MONTH, "America/New_York", "2026-12-31T23:00"),
                "America/New_York",
                "2026-12-01T00:00",
                "2027-01-01T00:00");
        assertLocal(
                at(Calendar.DAY, "Asia/Tokyo", "2028-02-29T08:00"),
                "Asia/Tokyo",
                "2028-02-29T00:00",
                "2028-03-01T00:00");
    }

    @Test
    void weeks_begin_on_mondays() {
        assertLocal(at(Calendar.WEEK, "UTC", "2026-01-04T23:59"), "UTC", "2025-12-29T00:00", "2026-01-05T00:00");
    }

    @Test
    void days_on_which_clocks_change_are_shorter_and_longer() {
        assertThat(hours(at(Calendar.DAY, "Europe/Berlin", "2026-03-29T12:00"))).isEqualTo(23);
        assertThat(hours(at(Calendar.DAY, "Europe/Berlin", "2026-10-25T12:00"))).isEqualTo(25);
        assertThat(hours(at(Calendar.DAY, "Australia/Lord_Howe", "2026-04-05T12:00")))
                .isEqualTo(24.5);
        // Clocks go forward at midnight: the day begins at one.
        assertLocal(
                at(Calendar.DAY, "Africa/Cairo", "2026-04-24T12:00"),
                "Africa/Cairo",
                "2026-04-24T01:00",
                "2026-04-25T00:00");
    }

    private static double hours(Window window) {
        return Duration.ofMillis(window.end() - window.start()).toMinutes() / 60.0;
    }

    @Test
    void an_hour_that_comes_twice_is_two_hours() {
        Instant first = Instant.parse("2026-10-25T00:30:00Z");
        Window one = Periods.window(Calendar.HOUR, BERLIN, first);
        Window two = Periods.window(Calendar.HOUR, BERLIN, first.plusSeconds(3600));
        assertThat(one.end()).isEqualTo(two.start());
        assertThat(hours(one)).isEqualTo(1);
        assertThat(hours(two)).isEqualTo(1);
    }

    @Provide
    Arbitrary<String> zones() {
        return Arbitraries.of(
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "America/St_Johns",
                "America/Havana",
                "America/Sao_Paulo",
                "Africa/Cairo",
                "Asia/Kathmandu",
                "Asia/Beirut",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Pacific/Chatham");
    }

    /** From 1987 on, which has all the odd ones. */
    @Property(tries = 2000)
    void windows_follow_each_other_without_gap_or_overlap(
            @ForAll Calendar period,
            @ForAll("zones") String zone,
            @ForAll @LongRange(min = 536_457_600_000L, max = 2_208_988_800_000L) long now) {
        ZoneId id = ZoneId.of(zone);
        Window window = Periods.window(period, id, Instant.ofEpochMilli(now));
        assertThat(now).isBetween(window.start(), window.end() - 1);
        assertThat(Periods.window(period, id, Instant.ofEpochMilli(window.start())))
                .isEqualTo(window);
        assertThat(Periods.window(period, id, Instant.ofEpochMilli(window.end() - 1)))
                .isEqualTo(window);
        assertThat(Periods.window(period, id, Instant.ofEpochMilli(window.end()))
                        .start())
                .isEqualTo(window.end());
        assertThat(Periods.window(period, id, Instant.ofEpochMilli(window.start() - 1))
                        .end())
                .isEqualTo(window.start());
    }
}
