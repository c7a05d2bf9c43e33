package dev.weir.budget;

import java.util.List;

/** A budget that is to be made. */
public record Draft(
        String name,
        Reach reach,
        Unit unit,
        long limit,
        Period period,
        List<Integer> warnAt,
        AtLimit atLimit,
        boolean paused) {

    /** The warnings where nobody says otherwise. */
    public static final List<Integer> WARNINGS = List.of(80, 95);
}
