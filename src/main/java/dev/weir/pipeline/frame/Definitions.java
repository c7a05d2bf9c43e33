package dev.weir.pipeline.frame;

/** Finds the link reference definitions at the start of a paragraph (CommonMark section 4.7). Linear in its length. */
final class Definitions extends Reader {

    private static final int LONGEST_LABEL = 999;
    private static final int DEEPEST = 32;

    private Definitions(String text) {
        super(text, 0);
    }

    /** Where the last of them ends; 0 when there is none. */
    static int end(String paragraph) {
        Definitions reader = new Definitions(paragraph);
        int end = 0;
        while (reader.definition()) {
            end = reader.at;
        }
        return end;
    }

    private boolean definition() {
        spaces();
        if (!has('[') || !label() || !has(':') || !gap() || !destination()) {
            return false;
        }
        int afterDestination = at;
        boolean spaced = spaces() > 0;
        if (lineEnds()) {
            endLine();
            int withoutTitle = at;
            spaces();
            if (!title() || !lineEnds()) {
                at = withoutTitle;
                return true;
            }
            endLine();
            return true;
        }
        at = spaced ? at : afterDestination;
        if (!spaced || !title() || !lineEnds()) {
            return false;
        }
        endLine();
        return true;
    }

    private boolean label() {
        int from = at;
        boolean said = false;
        while (more() && now() != ']' && now() != '[' && at - from <= LONGEST_LABEL) {
            said |= !Character.isWhitespace(now());
            at += now() == '\\' && at + 1 < text.length() ? 2 : 1;
        }
        return said && at - from <= LONGEST_LABEL && has(']');
    }

    /** Spaces and at most one line end; what follows is not the end. */
    private boolean gap() {
        spaces();
        if (more() && isLineEnd(now())) {
            endLine();
            spaces();
        }
        return more() && !isLineEnd(now());
    }

    private boolean destination() {
        return has('<') ? bracketed() : bare();
    }

    private boolean bracketed() {
        while (more() && now() != '>') {
            if (isLineEnd(now()) || now() == '<') {
                return false;
            }
            at += now() == '\\' && at + 1 < text.length() && !isLineEnd(text.charAt(at + 1)) ? 2 : 1;
        }
        return has('>');
    }

    private boolean bare() {
        int from = at;
        int depth = 0;
        while (more() && now() > ' ' && now() != 0x7f) {
            depth += now() == '(' ? 1 : now() == ')' ? -1 : 0;
            if (depth < 0 || depth > DEEPEST) {
                return false;
            }
            at += now() == '\\' && at + 1 < text.length() && text.charAt(at + 1) > ' ' ? 2 : 1;
        }
        return at > from && depth == 0;
    }

    /** A title, if one begins here, and the spaces after it. */
    private boolean title() {
        if (!more()) {
            return false;
        }
        char open = now();
        char close = open == '(' ? ')' : open;
        if (open != '"' && open != '\'' && open != '(') {
            return false;
        }
        at++;
        while (more() && now() != close) {
            if (now() == '(' && close == ')') {
                return false;
            }
            at += now() == '\\' && at + 1 < text.length() ? 2 : 1;
        }
        boolean closed = has(close);
        spaces();
        return closed;
    }

    private int spaces() {
        int from = at;
        while (more() && Line.isSpace(now())) {
            at++;
        }
        return at - from;
    }

    private boolean lineEnds() {
        return !more() || isLineEnd(now());
    }

    private void endLine() {
        has('\r');
        has('\n');
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
