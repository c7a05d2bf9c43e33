package dev.weir.audit;

import java.time.Duration;

/**
 * How records are written.
 *
 * @param whenUnavailable what answers do while records can't be written
 * @param patience for how long records may wait before they count as such that can't be written
 * @param mostWaiting characters, and about as many for each record, that may wait
 * @param writeEvery how often what waits is written
 * @param keep how old records become before they are removed
 */
public record AuditSettings(
        WhenUnavailable whenUnavailable, Duration patience, long mostWaiting, Duration writeEvery, Duration keep) {

    public static final AuditSettings DEFAULT = new AuditSettings(
            WhenUnavailable.FAIL, Duration.ofMinutes(2), 8L << 20, Duration.ofMillis(500), Duration.ofDays(365));

    public AuditSettings {
        if (patience.isNegative() || mostWaiting < 1 || !writeEvery.isPositive() || !keep.isPositive()) {
            throw new IllegalArgumentException("weir.audit.patience, most-waiting, write-every and keep must be more"
                    + " than zero: " + patience + ", " + mostWaiting + ", " + writeEvery + ", " + keep + ".");
        }
    }
}
