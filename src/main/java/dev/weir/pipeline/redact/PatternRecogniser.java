package dev.weir.pipeline.redact;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds what a regular expression describes, while the text comes: the longest from each place where it begins and that
 * passes the check. Several beginnings are followed at a time, but those that have come to the same state count as the
 * first of them, so the time for a character is bounded by the size of the expression (Pike, 1987).
 *
 * @param context the group of context words, one of which must stand before; {@link ContextWords#ANY} for none
 * @param check decides whether what the expression describes counts; empty when it always does
 */
record PatternRecogniser(Rule rule, PatternProgram program, int context, Optional<Predicate<String>> check)
        implements Recogniser {

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

        private static final int END_OF_TEXT = -1;

        private final ContextWords.Seen words;

        /** The threads: where in the program each is, and where its match began; in the order of beginnings. */
        private int[] threads = new int[8];

        private int[] begins = new int[8];
        private int count;

        /** The same, while those of the next character are made. */
        private int[] nextThreads = new int[8];

        private int[] nextBegins = new int[8];
        private int nextCount;

        private final int[] seen = new int[program.size()];
        private final int[] stack = new int[2 * program.size() + 2];
        private int generation;

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
            return count > 0 || matches > 0 || high != 0;
        }

        private void read(int c, int at, int after) {
            int before = window.at(at - 1);
            nextCount = 0;
            generation++;
            for (int i = 0; i < count; i++) {
                follow(threads[i], begins[i], before, c, at);
            }
            if (c >= 0 && program.first().has(c) && words.near(context, at)) {
                follow(program.begin(), at, before, c, at);
            }
            swap();
            decide();
            limit(after);
        }

        /** Goes wherever one can without reading, then over the character. */
        private void follow(int thread, int begin, int before, int c, int at) {
            int top = 0;
            stack[top++] = thread;
            while (top > 0) {
                int now = stack[--top];
                if (seen[now] == generation) {
                    continue;
                }
                seen[now] = generation;
                steps++;
                PatternProgram.Step step = program.step(now);
                CharSet set = step.set();
                if (set != null) {
                    if (c >= 0 && set.has(c)) {
                        add(step.next(), begin);
                    }
                } else if (step.isEnd()) {
                    match(begin, at);
                } else if (step.where() == null || step.where().holds(before, c)) {
                    top = push(step.other(), push(step.next(), top));
                }
            }
        }

        private int push(int thread, int top) {
            if (thread < 0 || seen[thread] == generation) {
                return top;
            }
            stack[top] = thread;
            return top + 1;
        }

        private void add(int thread, int begin) {
            if (nextCount == nextThreads.length) {
                nextThreads = Arrays.copyOf(nextThreads, 2 * nextCount);
                nextBegins = Arrays.copyOf(nextBegins, 2 * nextCount);
            }
            nextThreads[nextCount] = thread;
            nextBegins[nextCount++] = begin;
        }

        private void swap() {
            int[] otherThreads = threads;
            int[] otherBegins = begins;
            threads = nextThreads;
            begins = nextBegins;
            count = nextCount;
            nextThreads = otherThreads;
            nextBegins = otherBegins;
        }

        private boolean passes(int begin, int at) {
            return check.isEmpty() || check.get().test(window.text(begin, at));
        }

        private void match(int begin, int at) {
            if (at == begin || begin <= tooOld || !passes(begin, at)) {
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
            matchTo[i] = at;
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
            for (int i = 0; i < count && begins[i] <= begin; i++) {
                steps++;
                if (begins[i] == begin) {
                    return true;
                }
            }
            return false;
        }

        /** What began so long ago counts as found, and is removed as it comes. */
        private void limit(int after) {
            tooOld = after - BOUND;
            if (count == 0 || begins[0] > tooOld) {
                sure = NONE;
                return;
            }
            if (sure == NONE) {
                findings.begun(rule, begins[0], after);
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
            read(END_OF_TEXT, at, at);
            sure = NONE;
        }

        @Override
        int undecidedFrom() {
            int first = high == 0 ? NONE : highAt;
            for (int i = 0; i < count; i++) {
                if (begins[i] > tooOld) {
                    first = Math.min(first, begins[i]);
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
            return steps;
        }
    }
}
