package dev.weir.pipeline.translate;

/**
 * Says what a line of markdown begins with, from its first characters, one at a time (CommonMark 0.31.2, sections 4 and
 * 5, and GFM tables). Only what matters for finding prose is told apart: every mark that can't be prose is kept.
 */
final class LineHead {

    /** What a line, or the rest of it, turned out to be. */
    enum Found {
        /** More characters are needed. */
        OPEN,
        /** A mark in front of the text (list item, quote): the rest of the line is looked at like a line. */
        MARK,
        /** Heading marks; the rest of the line is text. */
        HEADING,
        /** The rest is text. */
        TEXT,
        /** Nothing but white space. */
        BLANK,
        /** A line of marks only: thematic break, underline of a heading, delimiter row of a table. */
        RULE,
        /** A row of a table, beginning with a pipe. */
        ROW,
        /** The beginning of fenced code; the rest of the line belongs to it. */
        FENCE,
        /** The beginning of displayed mathematics. */
        MATH,
        /** Indented four columns or more. */
        INDENTED
    }

    private enum At {
        INDENT,
        BULLET,
        RULE,
        TICKS,
        INFO,
        TILDES,
        HASHES,
        DIGITS,
        DELIMITER,
        MATH
    }

    private At at = At.INDENT;
    private int indent;
    private int run;
    private int mark;
    private boolean underline;

    void begin() {
        at = At.INDENT;
        indent = 0;
        run = 0;
    }

    /** The character of a fence, and how many there were. */
    int mark() {
        return mark;
    }

    int run() {
        return run;
    }

    boolean indented() {
        return indent > 0;
    }

    /** The next character of the line; the end of the line is a {@code \n}. */
    Found next(int c) {
        return switch (at) {
            case INDENT -> first(c);
            case BULLET -> bullet(c);
            case RULE -> rule(c);
            case TICKS -> ticks(c);
            case INFO -> info(c);
            case TILDES -> tildes(c);
            case HASHES -> hashes(c);
            case DIGITS -> digits(c);
            case DELIMITER -> c == ' ' || c == '\t' || c == '\n' ? Found.MARK : Found.TEXT;
            case MATH -> c == (mark == '$' ? '$' : '[') ? Found.MATH : Found.TEXT;
        };
    }

    private Found first(int c) {
        return switch (c) {
            case '\n' -> Found.BLANK;
            case ' ', '\r' -> indented(1);
            case '\t' -> indented(4);
            default -> indent >= 4 ? Found.INDENTED : mark(c);
        };
    }

    private Found indented(int more) {
        indent += more;
        return Found.OPEN;
    }

    private Found mark(int c) {
        mark = c;
        run = 1;
        underline = c == '=' || c == '-';
        return switch (c) {
            case '>' -> Found.MARK;
            case '|' -> Found.ROW;
            case '-', '+', '*' -> go(At.BULLET);
            case '=', '_', ':' -> go(At.RULE);
            case '`' -> go(At.TICKS);
            case '~' -> go(At.TILDES);
            case '#' -> go(At.HASHES);
            case '$', '\\' -> go(At.MATH);
            default -> c >= '0' && c <= '9' ? go(At.DIGITS) : Found.TEXT;
        };
    }

    private Found go(At next) {
        at = next;
        return Found.OPEN;
    }

    private Found bullet(int c) {
        if (c == ' ' || c == '\t' || c == '\n') {
            return Found.MARK;
        }
        at = At.RULE;
        return rule(c);
    }

    private Found rule(int c) {
        if (c == '\n') {
            return run >= 3 || underline ? Found.RULE : Found.TEXT;
        }
        if (c == mark || c == '|' || c == ':' || c == '-') {
            run++;
            return Found.OPEN;
        }
        return c == ' ' || c == '\t' || c == '\r' ? Found.OPEN : Found.TEXT;
    }

    private Found ticks(int c) {
        if (c == '`') {
            run++;
            return Found.OPEN;
        }
        if (run < 3) {
            return Found.TEXT;
        }
        at = At.INFO;
        return info(c);
    }

    private Found info(int c) {
        return c == '`' ? Found.TEXT : c == '\n' ? Found.FENCE : Found.OPEN;
    }

    private Found tildes(int c) {
        if (c == '~') {
            run++;
            return Found.OPEN;
        }
        return run >= 3 ? Found.FENCE : Found.TEXT;
    }

    private Found hashes(int c) {
        if (c == '#') {
            run++;
            return Found.OPEN;
        }
        return run <= 6 && (c == ' ' || c == '\t' || c == '\n') ? Found.HEADING : Found.TEXT;
    }

    private Found digits(int c) {
        if (c >= '0' && c <= '9') {
            return ++run <= 9 ? Found.OPEN : Found.TEXT;
        }
        return c == '.' || c == ')' ? go(At.DELIMITER) : Found.TEXT;
    }
}
