package dev.weir.pipeline.safety;

import dev.weir.pipeline.pattern.CharSet;
import dev.weir.pipeline.pattern.Dialect;
import dev.weir.pipeline.pattern.Program;
import dev.weir.pipeline.pattern.Threads;

/**
 * Patterns at work on one text, a folded character at a time. A step costs at most as much as the program has
 * instructions. A match is seen with the character after it.
 */
final class PatternRun {

    /** The most instructions of a program: the most that one character of a text can cost. */
    static final int MOST_STEPS = 4000;

    /** Neither case, accents nor widths count, nor lines, and any blank is a blank: texts are folded, and so are patterns. */
    static final Dialect DIALECT = new Dialect(
            CharSet.matching(Character::isDigit),
            CharSet.of(Folding.BLANK, Folding.BLANK),
            CharSet.matching(it -> it == '_' || Folding.inWord(it)),
            CharSet.ANY,
            false,
            PatternRun::folded);

    /** Of a match that gets longer, only so many folded characters at its end count as it: a power of two. */
    static final int LONGEST = 512;

    /** Hears of matches. */
    interface Matches {
        void found(int topic, long from, long to);
    }

    private final Threads threads;

    /** Where the latest folded characters stand in the text. */
    private final long[] starts = new long[LONGEST];

    private int before = Folding.BLANK;
    private long end;
    private long count;

    PatternRun(Program patterns, Matches matches) {
        threads = new Threads(patterns, (topic, begin) -> matches.found(topic, place(begin), end));
    }

    private static int[] folded(int c) {
        int[] folded = Folding.of(c).clone();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = lower(folded[i]);
        }
        return folded;
    }

    private static int lower(int folded) {
        return folded == 'I' ? 'i' : folded;
    }

    private long place(long begin) {
        return starts[(int) begin & (LONGEST - 1)];
    }

    /** Takes one folded character, which stands at this place of the text. */
    void step(int c, long from, long to) {
        int lower = lower(c);
        starts[(int) count & (LONGEST - 1)] = from;
        threads.forgetBefore(count - LONGEST + 1);
        threads.step(before, lower, count, true);
        before = lower;
        end = to;
        count++;
    }

    /** The text ends here. */
    void end() {
        threads.step(before, Threads.END_OF_TEXT, count, false);
        threads.clear();
    }

    /** Gives up what is under way. */
    void breakOff() {
        threads.clear();
        before = Folding.BLANK;
    }

    /** Where the match under way that began first began; {@link Long#MAX_VALUE} when there is none. */
    long oldest() {
        return threads.count() == 0 ? Long.MAX_VALUE : place(threads.begin(0));
    }

    long work() {
        return threads.steps();
    }
}
