package dev.weir.pipeline.redact;

/**
 * Groups of digits with one or two separators between them: the form in which people write long numbers. Separators are
 * told as one of {@code ' ' - . / ( ,}, {@code x} for two together, and 0 where a group stands alone. Digits may be of any
 * script of the Basic Multilingual Plane.
 */
final class NumberGroups {

    /** The most groups of one number. */
    static final int MOST = 6;

    /** The most digits of one number: ISO/IEC 7812-1 allows 19, all others have fewer. */
    static final int DIGITS = 19;

    private final Window window;
    private final ContextWords.Seen words;
    private final int[] start = new int[MOST + 1];
    private final int[] length = new int[MOST + 1];
    private final char[] separator = new char[MOST + 1];
    private final boolean[] prefixed = new boolean[MOST + 1];
    private int count;
    private int digits;

    NumberGroups(Window window, ContextWords.Seen words) {
        this.window = window;
        this.words = words;
    }

    int count() {
        return count;
    }

    /** Of all groups together. */
    int digits() {
        return digits;
    }

    int start(int group) {
        return start[group];
    }

    int end(int group) {
        return start[group] + length[group];
    }

    int length(int group) {
        return length[group];
    }

    /** What stands before a group: between digits, or 0. */
    char separator(int group) {
        return group < count ? separator[group] : 0;
    }

    /** Whether a plus sign stands before it. */
    boolean plus(int group) {
        return prefixed[group];
    }

    /** Whether all separators between these groups are that one. */
    boolean separatedBy(char c, int first, int last) {
        for (int i = first + 1; i <= last; i++) {
            if (separator[i] != c) {
                return false;
            }
        }
        return true;
    }

    /** The lengths of the groups, as in {@code 4-4-4-4}. */
    boolean lengthsAre(int first, int last, int... lengths) {
        if (last - first + 1 != lengths.length) {
            return false;
        }
        for (int i = 0; i < lengths.length; i++) {
            if (length[first + i] != lengths[i]) {
                return false;
            }
        }
        return true;
    }

    /** All digits of these groups, as ASCII. */
    String digits(int first, int last) {
        StringBuilder all = new StringBuilder(DIGITS);
        for (int group = first; group <= last; group++) {
            for (int at = start[group]; at < end(group); at++) {
                all.append((char) ('0' + Character.digit(window.at(at), 10)));
            }
        }
        return all.toString();
    }

    /** The text from a position to the end of a group. */
    String text(int from, int last) {
        return window.text(from, end(last));
    }

    char at(int position) {
        return window.at(position);
    }

    boolean near(int context, int group) {
        return words.near(context, start[group]);
    }

    // --- for the scan that fills it ---

    void open(int at, char before, boolean plus) {
        start[count] = at;
        length[count] = 0;
        separator[count] = before;
        prefixed[count++] = plus;
    }

    void digit() {
        length[count - 1]++;
        digits++;
    }

    void dropFirst() {
        digits -= length[0];
        count--;
        System.arraycopy(start, 1, start, 0, count);
        System.arraycopy(length, 1, length, 0, count);
        System.arraycopy(separator, 1, separator, 0, count);
        System.arraycopy(prefixed, 1, prefixed, 0, count);
    }

    void clear() {
        count = 0;
        digits = 0;
    }
}
