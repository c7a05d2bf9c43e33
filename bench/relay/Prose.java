package relay;

/**
 * The answer that the upstream gives, known to both sides: a mark with the stream's number, then words as models send
 * them, with what JSON and UTF-8 make difficult among them. Immutable.
 */
final class Prose {

    /** Characters of the mark: {@code #} and six digits and a space. It is the first delta. */
    static final int MARK = 8;

    private static final String[] PIECES = {
        "The",
        " river",
        " comes",
        " down",
        " from",
        " the",
        " hills",
        ",",
        " slow",
        " and",
        " brown",
        ".",
        "\n\n",
        "A",
        " \"weir\"",
        " holds",
        " it",
        " back",
        " a",
        " little",
        ",",
        " so",
        " that",
        " the",
        " mill",
        " has",
        " its",
        " water",
        " —",
        " all",
        " year",
        " round",
        ".",
        " Größe",
        " und",
        " Maß",
        " count",
        ":",
        " too",
        " little",
        ",",
        " and",
        " nothing",
        " turns",
        ";",
        " too",
        " much",
        " \uD83C\uDF0A",
        " and",
        " the",
        " banks",
        " give",
        " way",
        ".",
        "\n",
        "- ",
        "first",
        " the",
        " gate",
        "\\",
        " then",
        " the",
        " channel",
        "."
    };

    /** All characters after the mark. */
    final String text;

    /** How many characters there are, with the mark, when this delta has come. */
    final int[] ends;

    Prose(int deltas) {
        StringBuilder all = new StringBuilder();
        ends = new int[deltas];
        ends[0] = MARK;
        for (int i = 1; i < deltas; i++) {
            all.append(piece(i));
            ends[i] = MARK + all.length();
        }
        text = all.toString();
    }

    int deltas() {
        return ends.length;
    }

    int length() {
        return MARK + text.length();
    }

    /** A delta after the first. */
    static String piece(int delta) {
        return PIECES[(delta - 1) % PIECES.length];
    }

    static String mark(int stream) {
        return "#%06d ".formatted(stream % 1_000_000);
    }
}
