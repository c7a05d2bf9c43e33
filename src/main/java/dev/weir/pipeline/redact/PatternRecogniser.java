package dev.weir.pipeline.redact;

import dev.weir.pipeline.pattern.Dialect;
import dev.weir.pipeline.pattern.Program;
import dev.weir.pipeline.pattern.Threads;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds what a regular expression describes, while the text comes: the longest from each place where it begins and that
 * passes the check. The time for a character is bounded by the size of the expression.
 *
 * @param context the group of context words, one of which must stand before; {@link ContextWords#ANY} for none
 * @param check decides whether what the expression describes counts; empty when it always does
 */
record PatternRecogniser(Rule rule, Program program, int context, Optional<Predicate<String>> check)
        implements Recogniser {

    /** The most steps of an expression. */
    static final int MOST_STEPS = 1000;

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException with a sentence for the administrator, when it is none
     */
    static Program program(String expression) {
        return new Program(Dialect.RE2, MOST_STEPS).add(0, expression);
    }

    @Override
    public boolean begins(char c) {
        // Half of a pair: which character it is, is not known yet.
        return c < 128 ? program.first().has(c) : program.first().goesBeyondAscii();
    }

    @Override
    public boolean atWordStart(char c) {
        return false;
    }

    @Override
    public Scan open(Window window, Findings findings, ContextWords.Seen words) {
        return new Machine(window, findings, words);
    }

    private final class Machine extends Scan {

        private final ContextWords.Seen words;
        private final Threads threads = new Threads(program, (topic, begin) -> match((int) begin));

        /** Where the character at hand stands. */
        private int here;

        /** The longest matches so far of beginnings that can still go on, in their order. */
        private int[] matchFrom = new int[4];

        private int[] matchTo = new int[4];
        private int matches;

        /** Matches that began here or before are as long as can be held. */
        private int tooOld = -1;

        /** Up to where such a one was told of; {@link #NONE} when there is none. */
        private int sure = NONE;

        /** The first half of a pair whose second half has not come, and its position. */
        private char high;

        private int highAt;
        private long steps;

        Machine(Window window, Findings findings, ContextWords.Seen words) {
            super(window, findings);
            this.words = words;
        }

        @Override
        boolean next(char c, int at) {
            if (high != 0) {
                char first = high;
                high = 0;
                if (Character.isLowSurrogate(c)) {
                    read(Character.toCodePoint(first, c), at - 1, at + 1);
                    return isActive();
                }
                read(first, at - 1, at);
            }
            if (Character.isHighSurrogate(c)) {
                high = c;
                highAt = at;
            } else {
                read(c, at, at + 1);
            }
            return isActive();
        }

        private boolean isActive() {
            return threads.count() > 0 || matches > 0 || high != 0;
        }

        private void read(int c, int at, int after) {
            here = at;
            threads.step(window.at(at - 1), c, at, program.first().has(c) && words.near(context, at));
            decide();
            limit(after);
        }

        private boolean passes(int begin) {
            return check.isEmpty() || check.get().test(window.text(begin, here));
        }

        private void match(int begin) {
            if (here == begin || begin <= tooOld || !passes(begin)) {
                return;
            }
            int i = 0;
            while (i < matches && matchFrom[i] != begin) {
                i++;
            }
            if (i == matchFrom.length) {
                matchFrom = Arrays.copyOf(matchFrom, 2 * i);
                matchTo = Arrays.copyOf(matchTo, 2 * i);
            }
            matchFrom[i] = begin;
            matchTo[i] = here;
            matches = Math.max(matches, i + 1);
        }

        /** Tells of the matches that no longer can become longer. */
        private void decide() {
            int kept = 0;
            for (int i = 0; i < matches; i++) {
                if (goesOn(matchFrom[i])) {
                    matchFrom[kept] = matchFrom[i];
                    matchTo[kept++] = matchTo[i];
                } else {
                    findings.found(rule, matchFrom[i], matchTo[i]);
                }
            }
            matches = kept;
        }

        private boolean goesOn(int begin) {
            for (int i = 0; i < threads.count() && threads.begin(i) <= begin; i++) {
                steps++;
                if (threads.begin(i) == begin) {
                    return true;
                }
            }
            return false;
        }

        /** What began so long ago counts as found, and is removed as it comes. */
        private void limit(int after) {
            tooOld = after - BOUND;
            if (threads.count() == 0 || threads.begin(0) > tooOld) {
                sure = NONE;
                return;
            }
            if (sure == NONE) {
                findings.begun(rule, (int) threads.begin(0), after);
            } else {
                findings.more(rule, sure, after);
            }
            sure = after;
            matches = newer();
        }

        private int newer() {
            int kept = 0;
            for (int i = 0; i < matches; i++) {
                if (matchFrom[i] > tooOld) {
                    matchFrom[kept] = matchFrom[i];
                    matchTo[kept++] = matchTo[i];
                }
            }
            return kept;
        }

        @Override
        void end(int at) {
            if (high != 0) {
                read(high, at - 1, at);
                high = 0;
            }
            read(Threads.END_OF_TEXT, at, at);
            sure = NONE;
        }

        @Override
        int undecidedFrom() {
            int first = high == 0 ? NONE : highAt;
            for (int i = 0; i < threads.count(); i++) {
                if (threads.begin(i) > tooOld) {
                    first = Math.min(first, (int) threads.begin(i));
                    break;
                }
            }
            for (int i = 0; i < matches; i++) {
                first = Math.min(first, matchFrom[i]);
            }
            return first;
        }

        @Override
        long steps() {
            return steps + threads.steps();
        }
    }
}
