package dev.weir.pipeline.redact;

/** What takes the place of a value. */
final class Replacement {

    private static final int SHOWN = 4;

    private Replacement() {}

    /** Asterisks for all letters and digits but the last four; for all when there are fewer than nine. */
    static String masked(String value) {
        long all = value.codePoints().filter(Character::isLetterOrDigit).count();
        long hidden = all <= 2 * SHOWN ? all : all - SHOWN;
        StringBuilder masked = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            boolean counts = Character.isLetterOrDigit(c);
            masked.appendCodePoint(counts && hidden-- > 0 ? '*' : c);
        }
        return masked.toString();
    }
}
