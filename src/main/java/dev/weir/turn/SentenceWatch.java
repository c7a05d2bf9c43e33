package dev.weir.turn;

/** Looks for the end of a sentence in what comes. Not thread-safe. */
final class SentenceWatch {

    private static final String ENDS = ".!?…。！？";

    /** Ends that need no space after them. */
    private static final String WIDE_ENDS = "。！？";

    private boolean watching;
    private char last;

    boolean watching() {
        return watching;
    }

    void watch() {
        watching = true;
    }

    void forget() {
        watching = false;
        last = 0;
    }

    /** How many characters of a delta belong to the sentence; all of them when it does not end here. */
    int end(String delta) {
        for (int i = 0; i < delta.length(); i++) {
            char c = delta.charAt(i);
            boolean after = ENDS.indexOf(last) >= 0 && Character.isWhitespace(c);
            if (after || c == '\n' || (last != 0 && WIDE_ENDS.indexOf(last) >= 0)) {
                return i;
            }
            last = c;
        }
        return delta.length();
    }
}
