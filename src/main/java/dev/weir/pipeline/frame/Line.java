package dev.weir.pipeline.frame;

/**
 * One line while its block structure is read: a place in it, in characters and in columns (a tab goes to the next
 * multiple of 4, CommonMark section 2.2). A tab may be read in part.
 */
final class Line {

    private static final int TAB = 4;

    final String text;
    private int at;
    private int column;
    /** Whether {@code at} is a tab of which the columns before {@code column} have been read. */
    private boolean inTab;

    private int next;
    private int nextColumn;

    Line(String text) {
        this.text = text;
        look();
    }

    /** Finds what comes after spaces and tabs. */
    private void look() {
        next = at;
        nextColumn = column;
        if (inTab) {
            nextColumn += TAB - column % TAB;
            next++;
        }
        while (next < text.length() && isSpace(text.charAt(next))) {
            nextColumn += text.charAt(next) == '\t' ? TAB - nextColumn % TAB : 1;
            next++;
        }
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    boolean blank() {
        return next == text.length();
    }

    /** The columns of spaces and tabs that come next. */
    int indent() {
        return nextColumn - column;
    }

    /** Where the first other character is. */
    int next() {
        return next;
    }

    char peek() {
        return text.charAt(next);
    }

    /** Goes over a mark of some characters, after what is before it. */
    void take(int characters) {
        at = next + characters;
        column = nextColumn + characters;
        inTab = false;
        look();
    }

    /** Goes over columns of spaces and tabs, at most as many as there are. */
    void skip(int columns) {
        int left = Math.min(columns, indent());
        while (left > 0) {
            int width = text.charAt(at) == '\t' ? TAB - column % TAB : 1;
            int taken = Math.min(width, left);
            column += taken;
            left -= taken;
            inTab = taken < width;
            at += inTab ? 0 : 1;
        }
        look();
    }

    /** What is left, as it is; only of a tab that was read in part there are spaces. */
    String rest() {
        return inTab ? " ".repeat(TAB - column % TAB) + text.substring(at + 1) : text.substring(at);
    }

    /** What is left, indented as it is here wherever it is put: tabs in front become spaces. */
    String placed() {
        return text.indexOf('\t', at) < 0 ? text.substring(at) : " ".repeat(indent()) + text.substring(next);
    }

    /** What is left, without what is in front. */
    String stripped() {
        return text.substring(next);
    }
}
