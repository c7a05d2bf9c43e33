package dev.weir.it;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What was done to a cluster, what was counted meanwhile, and what was found wrong. Thread-safe. */
final class ChaosJournal {

    /** The most faults that are kept with their words. */
    private static final int MOST = 60;

    /** What is counted. */
    enum Count {
        KILLS,
        STOPS,
        DRAINS,
        PAUSES,
        LONG_PAUSES,
        TAKEOVERS,
        ANSWERS,
        STOPPED,
        INTERRUPTED,
        REPEATED_COMMANDS,
        RECONNECTS,
        SNAPSHOTS,
        FRAMES,

        /** What was seen and is no more, which may happen only when two nodes go at once. */
        LOSSES;

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final long seed;
    private final boolean bearsLosses;
    private final long began = System.nanoTime();
    private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);
    private final List<String> actions = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int faultCount;

    /** @param bearsLosses whether what was seen may be lost */
    ChaosJournal(long seed, boolean bearsLosses) {
        this.seed = seed;
        this.bearsLosses = bearsLosses;
        for (Count count : Count.values()) {
            counts.put(count, new LongAdder());
        }
    }

    void count(Count what) {
        count(what, 1);
    }

    void count(Count what, long more) {
        LongAdder adder = counts.get(what);
        if (adder != null) {
            adder.add(more);
        }
    }

    synchronized void action(String what) {
        String line = "%7.2f s  %s".formatted(seconds(), what);
        actions.add(line);
        System.out.println(line);
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Something that was seen is no more. */
    void loss(String where, String what) {
        if (bearsLosses) {
            count(Count.LOSSES);
        } else {
            fault(where, what);
        }
    }

    /** Whether an answer may end as interrupted. */
    boolean bearsLosses() {
        return bearsLosses;
    }

    /** Something that must not be. */
    synchronized void fault(String where, String what) {
        faultCount++;
        if (faults.size() < MOST) {
            String line = "%7.2f s  VIOLATION %s: %s".formatted(seconds(), where, what);
            faults.add(line);
            System.out.println(line);
        }
    }

    synchronized int faults() {
        return faultCount;
    }

    /** The counts, in one line. */
    String counts() {
        return counts.entrySet().stream()
                .map(it -> it.getKey().words() + " " + it.getValue().sum())
                .collect(Collectors.joining(", "));
    }

    /** All of it, for whoever has to find out what went wrong. */
    synchronized String report() {
        return "seed " + seed + " (again with -Dweir.chaos.seed=" + seed + ")\n" + faultCount + " violations:\n"
                + String.join("\n", faults) + "\nwhat was done:\n" + String.join("\n", actions) + "\n" + counts();
    }
}
