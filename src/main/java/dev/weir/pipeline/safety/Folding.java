package dev.weir.pipeline.safety;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What a character is taken for when words are looked up: compatibility forms and widths undone (NFKD), accents taken
 * off, case folded, letters that look like Latin ones read as these. Every code point folds by itself, whatever stands
 * beside it, so a text folds to the same however it is cut between code points.
 */
final class Folding {

    /** What is not seen, or only as a mark on another character. */
    static final int[] NOTHING = {};

    /** A blank of any kind. */
    static final int BLANK = ' ';

    private static final int[][] ASCII = ascii();
    private static final int MOST_CACHED = 20_000;
    private static final ConcurrentMap<Integer, int[]> CACHE = new ConcurrentHashMap<>();

    /** Letters that have no decomposition to the Latin one they are read as. */
    private static final Map<Integer, String> LOOKS = looks(
            // Cyrillic and Greek
            "аa вb еe сc нh іi јj кk мm оo рp тt уy хx ѕs ԁd ԛq ԝw һh ӏl ѵv ɡg",
            "αa βb γy εe ζz ηn ιi κk νv οo ρp τt υu χx",
            // Latin with a stroke, small capitals and others
            "øo łl đd ħh ŧt ƀb ɨi ʉu ɑa ƒf æae œoe ıi",
            "ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz");

    /** Letters and signs that are drawn as nothing, though Unicode does not call them format characters. */
    private static final Set<Integer> UNSEEN = Set.of(0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0x034F);

    /** In these scripts a mark is an accent or a reading aid; in others it is a part of the word. */
    private static final Set<UnicodeScript> ACCENTED = EnumSet.of(
            UnicodeScript.INHERITED,
            UnicodeScript.COMMON,
            UnicodeScript.ARABIC,
            UnicodeScript.HEBREW,
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC);

    private Folding() {}

    /** The folded form: none, one or a few code points, not to be changed. */
    static int[] of(int c) {
        if (c < 128) {
            return ASCII[c];
        }
        int[] known = CACHE.get(c);
        if (known == null) {
            known = fold(c);
            if (CACHE.size() < MOST_CACHED) {
                CACHE.put(c, known);
            }
        }
        return known;
    }

    /** Letters, digits and the marks that are parts of words. */
    static boolean inWord(int c) {
        if (c < 128) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        }
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static int[][] ascii() {
        int[][] table = new int[128][];
        for (int c = 0; c < 128; c++) {
            boolean blank = c == ' ' || (c >= '\t' && c <= '\r');
            boolean control = c < ' ' || c == 127;
            table[c] =
                    blank ? new int[] {BLANK} : control ? NOTHING : new int[] {c == 'I' ? c : Character.toLowerCase(c)};
        }
        return table;
    }

    private static int[] fold(int c) {
        if (unseen(c)) {
            return NOTHING;
        }
        if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x2800) {
            return new int[] {BLANK};
        }
        String text = enclosed(c);
        if (!Character.isValidCodePoint(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            return new int[] {c};
        }
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .filter(it -> !unseen(it))
                .flatMap(Folding::caseAndLook)
                .toArray();
    }

    private static boolean unseen(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT, Character.CONTROL -> !Character.isWhitespace(c);
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> ACCENTED.contains(UnicodeScript.of(c));
            default -> UNSEEN.contains(c) || (c >= 0xE0000 && c <= 0xE0FFF);
        };
    }

    /** White letters on black circles and squares have no decomposition. */
    private static String enclosed(int c) {
        for (int first : new int[] {0x1F150, 0x1F170}) {
            if (c >= first && c < first + 26) {
                return String.valueOf((char) ('a' + c - first));
            }
        }
        return Character.toString(c);
    }

    private static java.util.stream.IntStream caseAndLook(int c) {
        if (c == 'I') {
            return java.util.stream.IntStream.of(c);
        }
        return Character.toString(c)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .flatMap(it -> LOOKS.getOrDefault(it, Character.toString(it)).codePoints())
                .filter(it -> !unseen(it));
    }

    private static Map<Integer, String> looks(String... lines) {
        Map<Integer, String> looks = new HashMap<>();
        for (String pair : String.join(" ", lines).split(" ")) {
            int first = pair.codePointAt(0);
            looks.put(first, pair.substring(Character.charCount(first)));
        }
        return Map.copyOf(looks);
    }
}
