package dev.weir.pipeline.frame;

/** Recognises the head of a table (GFM section 4.10). */
final class Tables {

    private Tables() {}

    /** Whether these two lines are a head and the row of hyphens under it: as many cells, and a pipe in both. */
    static boolean begin(String head, String delimiters) {
        int columns = delimiters(delimiters);
        return columns > 0 && head.indexOf('|') >= 0 && cells(head) == columns;
    }

    /** The columns of a delimiter row; 0 when the line is none. */
    private static int delimiters(String line) {
        if (line.indexOf('|') < 0) {
            return 0;
        }
        int columns = 0;
        boolean open = true;
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (Line.isSpace(c)) {
                at++;
            } else if (c == '|'
                    && (!open || (columns == 0 && line.substring(0, at).isBlank()))) {
                open = true;
                at++;
            } else {
                int end = open ? delimiter(line, at) : at;
                if (end == at) {
                    return 0;
                }
                columns++;
                open = false;
                at = end;
            }
        }
        return columns;
    }

    /** Where one {@code :---:} ends; where it began when it is none. */
    private static int delimiter(String line, int from) {
        int at = line.charAt(from) == ':' ? from + 1 : from;
        int hyphens = at;
        while (at < line.length() && line.charAt(at) == '-') {
            at++;
        }
        if (at == hyphens) {
            return from;
        }
        return at < line.length() && line.charAt(at) == ':' ? at + 1 : at;
    }

    private static int cells(String line) {
        String row = line.strip();
        int from = row.startsWith("|") ? 1 : 0;
        int cells = 0;
        boolean open = false;
        for (int i = from; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == '|') {
                cells++;
                open = false;
            } else {
                open = true;
                i += c == '\\' ? 1 : 0;
            }
        }
        return cells + (open ? 1 : 0);
    }
}
