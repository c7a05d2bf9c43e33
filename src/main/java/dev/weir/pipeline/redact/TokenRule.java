package dev.weir.pipeline.redact;

/**
 * A secret that is known by how it begins.
 *
 * @param begin its first characters; {@link #WORD} and {@link #DIGIT} stand for any of theirs
 * @param body of what characters the rest is
 * @param least the fewest characters of the rest
 * @param digit whether the rest must have a digit, so that it is no word
 */
record TokenRule(Rule rule, String begin, Body body, int least, boolean digit) {

    static final char WORD = '\1';
    static final char DIGIT = '\2';

    /** Of what a token is made. */
    enum Body {
        /** Letters and digits. */
        PLAIN(""),
        /** Base64 for addresses (RFC 4648, 5). */
        DASHED("-_"),
        DOTTED("-_."),
        TILDED("-_.~"),
        /** Base64 (RFC 4648, 4). */
        BASE64("+/="),
        PATH("/"),
        /** As in a query (RFC 3986, 2.1). */
        QUOTED("%");

        private final String others;

        Body(String others) {
            this.others = others;
        }

        boolean has(char c) {
            return Ascii.isLetterOrDigit(c) || others.indexOf(c) >= 0;
        }
    }

    boolean beginsWith(int index, char c) {
        char wanted = begin.charAt(index);
        return switch (wanted) {
            case WORD -> Body.TILDED.has(c) && c != '-';
            case DIGIT -> Ascii.isDigit(c);
            default -> wanted == c;
        };
    }
}
