package dev.weir.pipeline.pattern;

import dev.weir.pipeline.pattern.Program.Step;
import java.util.Arrays;

/**
 * A program at work on one text, a character at a time: all places that matches under way can be at, each with where its
 * match began, those that began earlier first. Matches that have come to the same place count as the first of them, so the
 * time for a character is bounded by the size of the program (Pike, 1987).
 */
public final class Threads {

    /** Instead of a character: the text ends here. */
    public static final int END_OF_TEXT = -1;

    /** Hears of matches. */
    @FunctionalInterface
    public interface Matches {

        /**
         * One ends before the character at hand; it may go on and be told of again.
         *
         * @param topic that of the expression
         * @param begin where it began
         */
        void matched(int topic, long begin);
    }

    private final Program program;
    private final Matches matches;
    private int[] places = new int[8];
    private long[] begins = new long[8];
    private int count;

    /** The same, while those of the next character are made. */
    private int[] nextPlaces = new int[8];

    private long[] nextBegins = new long[8];
    private int nextCount;

    private final int[] seen;
    private final int[] stack;
    private int generation;
    private long steps;

    public Threads(Program program, Matches matches) {
        this.program = program;
        this.matches = matches;
        this.seen = new int[program.size()];
        this.stack = new int[2 * program.size() + 2];
    }

    /**
     * Takes a character.
     *
     * @param before the one before; a line break or a blank at the beginning of the text
     * @param c the character, or {@link #END_OF_TEXT}
     * @param at its place; never goes back
     * @param mayBegin whether matches may begin here
     */
    public void step(int before, int c, long at, boolean mayBegin) {
        nextCount = 0;
        generation++;
        for (int i = 0; i < count; i++) {
            follow(places[i], begins[i], before, c);
        }
        for (int i = 0; mayBegin && i < program.entries(); i++) {
            if (program.begins(i, c)) {
                follow(program.entry(i), at, before, c);
            }
        }
        swap();
    }

    /** Goes wherever one can without reading, then over the character. */
    private void follow(int place, long begin, int before, int c) {
        int top = 0;
        stack[top++] = place;
        while (top > 0) {
            int now = stack[--top];
            if (seen[now] == generation) {
                continue;
            }
            seen[now] = generation;
            steps++;
            Step step = program.step(now);
            CharSet set = step.set();
            if (set != null) {
                if (set.has(c)) {
                    add(step.next(), begin);
                }
            } else if (step.isEnd()) {
                matches.matched(step.topic(), begin);
            } else if (step.where() == null || program.holds(step.where(), before, c)) {
                top = push(step.other(), push(step.next(), top));
            }
        }
    }

    private int push(int place, int top) {
        if (place < 0 || seen[place] == generation) {
            return top;
        }
        stack[top] = place;
        return top + 1;
    }

    private void add(int place, long begin) {
        if (nextCount == nextPlaces.length) {
            nextPlaces = Arrays.copyOf(nextPlaces, 2 * nextCount);
            nextBegins = Arrays.copyOf(nextBegins, 2 * nextCount);
        }
        nextPlaces[nextCount] = place;
        nextBegins[nextCount++] = begin;
    }

    private void swap() {
        int[] otherPlaces = places;
        long[] otherBegins = begins;
        places = nextPlaces;
        begins = nextBegins;
        count = nextCount;
        nextPlaces = otherPlaces;
        nextBegins = otherBegins;
    }

    /** How many there are; 0 when no match is under way. */
    public int count() {
        return count;
    }

    /** Where the match of one of them began. */
    public long begin(int index) {
        return begins[index];
    }

    /** Those that began before this place began there from now on. */
    public void forgetBefore(long place) {
        for (int i = 0; i < count && begins[i] < place; i++) {
            begins[i] = place;
        }
    }

    /** Gives up what is under way. */
    public void clear() {
        count = 0;
    }

    /** Steps done so far, for proofs that they stay in proportion to the text. */
    public long steps() {
        return steps;
    }
}
