package dev.weir.budget;

import java.time.ZoneId;
import java.util.List;

/**
 * How much may be used of something, by whom, in which time.
 *
 * @param id made here, never used again
 * @param organisation the id of the organisation whose administrators see it, which is that of its reach; empty for one of
 *     the installation
 * @param limit in the budget's unit, at least 0
 * @param period not used for {@link Unit#CONCURRENT_TURNS}
 * @param zone in which periods of the calendar begin: the organisation's, else the installation's; kept with neither
 * @param warnAt percents of the limit, 1 to 100, ascending; empty for no warning
 * @param paused true: nothing is refused, while everything is still counted
 * @param version grows by one with every change
 */
public record Budget(
        String id,
        String name,
        String organisation,
        Reach reach,
        Unit unit,
        long limit,
        Period period,
        ZoneId zone,
        List<Integer> warnAt,
        AtLimit atLimit,
        boolean paused,
        long version) {

    public Budget {
        warnAt = List.copyOf(warnAt);
    }

    /** A change of what may be changed; what it leaves {@code null} stays. Reach, unit and period never change. */
    public Budget changed(Change change) {
        return new Budget(
                id,
                change.name() == null ? name : change.name(),
                organisation,
                reach,
                unit,
                change.limit() == null ? limit : change.limit(),
                period,
                zone,
                change.warnAt() == null ? warnAt : change.warnAt(),
                change.atLimit() == null ? atLimit : change.atLimit(),
                change.paused() == null ? paused : change.paused(),
                version + 1);
    }

    /** The same in another zone. */
    public Budget in(ZoneId other) {
        return new Budget(id, name, organisation, reach, unit, limit, period, other, warnAt, atLimit, paused, version);
    }
}
