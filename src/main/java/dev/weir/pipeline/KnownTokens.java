package dev.weir.pipeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The counts of words that came lately, for all answers of this node: a few words make most of every text, and a look
 * here costs a hundredth of counting. Bounded: {@link #PLACES} words of at most {@link #LONGEST} characters, of which a new
 * one takes the place of an old one. Thread-safe without a lock: what a place holds never changes, only which it is.
 */
final class KnownTokens {

    static final int LONGEST = 24;

    private static final int PLACES = 1 << 13;

    private record Word(String text, int tokens) {

        boolean is(CharSequence other, int from, int to) {
            if (to - from != text.length()) {
                return false;
            }
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) != other.charAt(from + i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final @Nullable Word[] words = new Word[PLACES];

    /** The tokens of a part of a text, counted by itself. */
    int count(CharSequence text, int from, int to) {
        if (to - from > LONGEST) {
            return Tokens.count(text.subSequence(from, to).toString());
        }
        int place = place(text, from, to);
        Word known = words[place];
        if (known != null && known.is(text, from, to)) {
            return known.tokens();
        }
        String word = text.subSequence(from, to).toString();
        Word counted = new Word(word, Tokens.count(word));
        words[place] = counted;
        return counted.tokens();
    }

    /** Forgets all words: they are of people's texts. */
    void forget() {
        Arrays.fill(words, null);
    }

    private static int place(CharSequence text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return (hash ^ (hash >>> 13)) & (PLACES - 1);
    }
}
