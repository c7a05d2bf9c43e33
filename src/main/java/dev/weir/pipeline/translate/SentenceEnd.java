package dev.weir.pipeline.translate;

import java.util.Locale;
import java.util.Set;

/**
 * Finds where sentences end, one code point after the other: the sentence boundaries of Unicode Standard Annex #29 (rules
 * SB6 to SB11) with two differences that keep what belongs together. A mark of ASCII ends a sentence only before white
 * space, so that decimals, addresses and file names stay whole; and no sentence begins with a small letter, whatever
 * ended the one before. Abbreviations as in the CLDR's suppressions.
 */
final class SentenceEnd {

    /** More openers than this in front of a sentence are not looked through. */
    private static final int MOST_OPENERS = 16;

    private static final int LONGEST_ABBREVIATION = 12;

    private static final String WIDE = "\u3002\uFF01\uFF1F\uFF61";
    private static final String STRONG = "!?\u203C\u203D\u2047\u2048\u2049\u2026\u061F\u06D4\u0964\u0965\u1362\u1367";
    private static final String CLOSERS = "\"')]}*_~\u2019\u201D\u00BB\u203A\u300D\u300F\uFF09\u3011\u3009\u300B";
    private static final String OPENERS = "\"'([{*_~\u2018\u201C\u201E\u201A\u00AB\u2039\u00BF\u00A1\u300C\u300E\uFF08";
    private static final String CONTINUES = ",;:-\u2013\u2014";

    /** Never at the end of a sentence: what they shorten comes after them. */
    private static final Set<String> TITLES = Set.of(
            "mr", "mrs", "ms", "mx", "dr", "prof", "st", "rev", "hon", "gen", "col", "sgt", "capt", "lt", "messrs",
            "vs", "e.g", "i.e", "eg", "ie", "cf", "viz", "approx", "ca", "al", "hr", "fr", "frl", "dipl", "ing", "z.b",
            "d.h", "u.a", "o.g", "i.d.r", "bzw", "evtl", "ggf", "vgl", "inkl", "exkl", "sog", "mme", "mlle", "mm",
            "p.ex", "c.-à-d", "sr", "sra", "srta", "dra", "ud", "uds", "p.ej", "sig", "dott", "avv", "egr", "spett");

    /** Not at the end of a sentence when a number follows. */
    private static final Set<String> BEFORE_NUMBERS = Set.of(
            "no", "nos", "nr", "fig", "figs", "eq", "p", "pp", "vol", "ch", "sec", "art", "abs", "s", "bd", "kap",
            "tab", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "n", "núm",
            "str");

    private enum Kind {
        DOT,
        BEFORE_NUMBER,
        STRONG,
        WIDE
    }

    private Kind kind = Kind.DOT;
    private int end = -1;
    private boolean spaces;
    private int openers;

    /** No sentence has perhaps ended. */
    void forget() {
        end = -1;
        spaces = false;
        openers = 0;
    }

    /** Takes so many characters away from the beginning. */
    void shift(int characters) {
        if (end >= 0) {
            end -= characters;
        }
    }

    /** Where the sentence ends if a line ends now; -1 when it does not. */
    int atLineEnd() {
        return end;
    }

    /**
     * Where the sentence ended that is now known to have ended, in front of this code point; -1 for none.
     *
     * @param at where it stands
     */
    int confirmed(int at, int c) {
        if (end < 0) {
            return -1;
        }
        int result = spaces ? afterSpaces(c) : afterMark(at, c);
        if (result >= 0) {
            forget();
        }
        return result;
    }

    private int afterMark(int at, int c) {
        if (isMark(c)) {
            kind = kindOf(c) == Kind.WIDE || kind == Kind.WIDE ? Kind.WIDE : Kind.STRONG;
            end = at + 1;
        } else if (CLOSERS.indexOf(c) >= 0) {
            end = at + Character.charCount(c);
        } else if (kind == Kind.WIDE && !isExtend(c)) {
            return end;
        } else if (isSpace(c)) {
            spaces = true;
        } else {
            forget();
        }
        return -1;
    }

    private int afterSpaces(int c) {
        if (isSpace(c)) {
            return -1;
        }
        if (OPENERS.indexOf(c) >= 0 && ++openers <= MOST_OPENERS) {
            return -1;
        }
        boolean goesOn = Character.isLowerCase(c)
                || CONTINUES.indexOf(c) >= 0
                || isMark(c)
                || (kind == Kind.BEFORE_NUMBER && Character.isDigit(c));
        if (goesOn) {
            forget();
            return -1;
        }
        return end;
    }

    /** Looks whether a sentence may end with this code point. */
    void look(CharSequence text, int at, int c) {
        if (end >= 0 || !isMark(c)) {
            return;
        }
        kind = kindOf(c);
        if (kind == Kind.DOT) {
            String word = wordBefore(text, at);
            if (isShort(word)) {
                return;
            }
            kind = BEFORE_NUMBERS.contains(word.toLowerCase(Locale.ROOT)) ? Kind.BEFORE_NUMBER : Kind.DOT;
        }
        end = at + 1;
        spaces = false;
        openers = 0;
    }

    private static Kind kindOf(int c) {
        return c == '.' ? Kind.DOT : WIDE.indexOf(c) >= 0 ? Kind.WIDE : Kind.STRONG;
    }

    private static boolean isMark(int c) {
        return c == '.' || STRONG.indexOf(c) >= 0 || WIDE.indexOf(c) >= 0;
    }

    /** An abbreviation, an initial, or an ordinal number of one or two digits. */
    private static boolean isShort(String word) {
        if (word.isEmpty()) {
            return false;
        }
        if (TITLES.contains(word.toLowerCase(Locale.ROOT))) {
            return true;
        }
        return (word.length() == 1 && Character.isUpperCase(word.charAt(0)))
                || (word.length() <= 2 && word.chars().allMatch(Character::isDigit));
    }

    /** The word before a full stop, or what is longer than any abbreviation. */
    private static String wordBefore(CharSequence text, int at) {
        int from = at;
        while (from > 0 && at - from <= LONGEST_ABBREVIATION && isOfWord(text.charAt(from - 1))) {
            from--;
        }
        return text.subSequence(from, at).toString();
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || Character.isSurrogate(c);
    }

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** What belongs to the character before it (Extend and joiners). */
    static boolean isExtend(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || c == 0x200D
                || c == 0x200C
                || (c >= 0x1F3FB && c <= 0x1F3FF);
    }
}
