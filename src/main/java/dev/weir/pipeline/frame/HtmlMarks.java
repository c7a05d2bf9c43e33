package dev.weir.pipeline.frame;

import java.util.Locale;
import java.util.Set;

/** Where a block of HTML begins and ends (CommonMark section 4.6). Reads each line once, whatever it is. */
final class HtmlMarks {

    private static final Set<String> LITERAL = Set.of("script", "pre", "style", "textarea");

    private static final Set<String> BLOCKS = Set.of(
            ("address article aside base basefont blockquote body caption center col colgroup dd details dialog dir"
                            + " div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head"
                            + " header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option"
                            + " p param search section summary table tbody td tfoot th thead title tr track ul")
                    .split(" "));

    private HtmlMarks() {}

    /** The kinds of HTML blocks, by how they end. */
    enum Kind {
        /** {@code <script>}, {@code <pre>}, {@code <style>}, {@code <textarea>}. */
        LITERAL_TAG,
        COMMENT,
        INSTRUCTION,
        DECLARATION,
        CDATA,
        /** A tag of {@link #BLOCKS}; a blank line ends it. */
        BLOCK_TAG,
        /** Any other tag, alone on its line; a blank line ends it. */
        OTHER_TAG,
        NONE;

        boolean endsAtBlank() {
            return this == BLOCK_TAG || this == OTHER_TAG;
        }
    }

    /** @param alone whether {@link Kind#OTHER_TAG} may begin here: not where it would go on a paragraph */
    static Kind begins(Line line, boolean alone) {
        String text = line.text;
        int at = line.next();
        if (text.charAt(at) != '<') {
            return Kind.NONE;
        }
        if (text.startsWith("!--", at + 1)) {
            return Kind.COMMENT;
        }
        if (text.startsWith("?", at + 1)) {
            return Kind.INSTRUCTION;
        }
        if (text.startsWith("![CDATA[", at + 1)) {
            return Kind.CDATA;
        }
        if (text.startsWith("!", at + 1)) {
            return at + 2 < text.length() && isLetter(text.charAt(at + 2)) ? Kind.DECLARATION : Kind.NONE;
        }
        return tag(text, at, alone);
    }

    private static Kind tag(String text, int at, boolean alone) {
        boolean closing = text.startsWith("/", at + 1);
        int from = at + (closing ? 2 : 1);
        int end = from;
        while (end < text.length() && (isLetter(text.charAt(end)) || isDigit(text.charAt(end)))) {
            end++;
        }
        String name = end - from > 16 ? "" : text.substring(from, end).toLowerCase(Locale.ROOT);
        boolean ends = end == text.length() || isSpace(text.charAt(end)) || text.charAt(end) == '>';
        if (!closing && ends && LITERAL.contains(name)) {
            return Kind.LITERAL_TAG;
        }
        if ((ends || text.startsWith("/>", end)) && BLOCKS.contains(name)) {
            return Kind.BLOCK_TAG;
        }
        return alone && new TagReader(text, at).isWhole() ? Kind.OTHER_TAG : Kind.NONE;
    }

    /** Whether this line, one of the block's, is its last. */
    static boolean ends(Kind kind, String line) {
        return switch (kind) {
            case LITERAL_TAG -> hasEndTag(line);
            case COMMENT -> line.contains("-->");
            case INSTRUCTION -> line.contains("?>");
            case DECLARATION -> line.contains(">");
            case CDATA -> line.contains("]]>");
            case BLOCK_TAG, OTHER_TAG, NONE -> false;
        };
    }

    private static boolean hasEndTag(String line) {
        for (int at = line.indexOf("</"); at >= 0; at = line.indexOf("</", at + 2)) {
            for (String name : LITERAL) {
                if (line.regionMatches(true, at + 2, name, 0, name.length())
                        && line.startsWith(">", at + 2 + name.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
