package dev.weir.pipeline.redact;

/** Letters and digits of ASCII. */
final class Ascii {

    private Ascii() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetterOrDigit(char c) {
        int folded = c | 0x20;
        return isDigit(c) || (c < 128 && folded >= 'a' && folded <= 'z');
    }

    /** A letter, a digit or an underscore. */
    static boolean isWord(char c) {
        return isLetterOrDigit(c) || c == '_';
    }
}
