package dev.weir.pipeline.pattern;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What an expression's signs mean. The syntax is the same for all.
 *
 * @param digits {@code \d}
 * @param spaces {@code \s}
 * @param word {@code \w}, and between what {@code \b} stands
 * @param any the full stop
 * @param exact true when case and lines count: then there are {@code (?i)}, {@code ^} and {@code $}
 * @param folding what a character is read as: several, none when nobody sees it, or itself; not to be changed
 */
public record Dialect(
        CharSet digits, CharSet spaces, CharSet word, CharSet any, boolean exact, IntFunction<int[]> folding) {

    /** That of RE2. */
    public static final Dialect RE2 = new Dialect(
            CharSet.DIGITS, CharSet.SPACES, CharSet.WORD, CharSet.of('\n', '\n').not(), true, it -> new int[] {it});

    /** What a character of an expression stands for, one after the other; empty when nobody sees it. */
    List<CharSet> read(int c) {
        return IntStream.of(folding.apply(c)).mapToObj(it -> CharSet.of(it, it)).toList();
    }

    /** The same within square brackets, where it is always one. */
    CharSet readOne(int c) {
        int[] folded = folding.apply(c);
        int one = folded.length == 1 ? folded[0] : c;
        return CharSet.of(one, one);
    }
}
