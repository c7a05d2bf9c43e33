package dev.weir.budget;

/**
 * How a budget stands now, in its unit.
 *
 * @param charged for what has ended in the period that runs
 * @param held set aside for what is being written
 * @param corrected the part of {@code charged} that had not been set aside before: providers said more than was leased, or an
 *     answer was settled when its hold had lapsed. Never counted twice; without it, {@code charged + held} is never above the
 *     highest limit that was in force in the period
 * @param window the period that runs; for a rolling one, its end is when the oldest part of {@code charged} stops to count
 * @param refused how many answers, or steps of answers, it has refused since it was made, as long as a node remembers
 * @param corrections how many answers had to be corrected, likewise
 * @param expired how many holds came back by themselves, likewise
 */
public record Standing(
        Budget budget,
        long charged,
        long held,
        long corrected,
        Window window,
        long refused,
        long corrections,
        long expired) {

    /** What is left, never below 0. */
    public long left() {
        return Math.max(0, budget.limit() - charged - held);
    }

    /** What people have to know about it at a glance. */
    public enum State {
        FREE,
        /** The first warning is reached. */
        WARNED,
        /** Nothing is left. */
        EXHAUSTED,
        /** It refuses nothing. */
        PAUSED
    }

    public State state() {
        if (budget.paused()) {
            return State.PAUSED;
        }
        if (left() == 0) {
            return State.EXHAUSTED;
        }
        boolean warned = budget.warnAt().stream().anyMatch(it -> it <= percent());
        return warned ? State.WARNED : State.FREE;
    }

    /** How much of the limit is taken, in percent, rounded down; 100 for a limit of 0. */
    public int percent() {
        return budget.limit() == 0
                ? 100
                : (int) Math.min(Integer.MAX_VALUE, (double) (charged + held) * 100 / budget.limit());
    }
}
