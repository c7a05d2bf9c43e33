package dev.weir.pipeline.frame;

import java.util.Optional;
import java.util.OptionalInt;

/** The marks at the start of a line that begin blocks (CommonMark chapters 4 and 5). Each reads a line at most once. */
final class Markers {

    private static final int MOST_DIGITS = 9;

    private Markers() {}

    /**
     * The marker of a list item.
     *
     * @param kind its bullet, or the delimiter of its number
     * @param start its number; -1 for a bullet
     * @param length its characters
     */
    record Item(char kind, int start, int length) {}

    /**
     * The opening of fenced code.
     *
     * @param length how many fence characters
     */
    record Fence(char mark, int length) {

        /** Whether this line, which is not indented by more than 3, closes it. */
        boolean closes(Line line) {
            int end = run(line.text, line.next(), mark);
            return end - line.next() >= length && blankFrom(line.text, end);
        }
    }

    private static int run(String text, int from, char mark) {
        int at = from;
        while (at < text.length() && text.charAt(at) == mark) {
            at++;
        }
        return at;
    }

    private static boolean blankFrom(String text, int from) {
        int at = from;
        while (at < text.length() && Line.isSpace(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }

    private static boolean endsWord(String text, int at) {
        return at == text.length() || Line.isSpace(text.charAt(at));
    }

    static boolean heading(Line line) {
        int end = run(line.text, line.next(), '#');
        int level = end - line.next();
        return level >= 1 && level <= 6 && endsWord(line.text, end);
    }

    static boolean underline(Line line) {
        char mark = line.peek();
        return (mark == '=' || mark == '-') && blankFrom(line.text, run(line.text, line.next(), mark));
    }

    static boolean rule(Line line) {
        char mark = line.peek();
        if (mark != '*' && mark != '-' && mark != '_') {
            return false;
        }
        int marks = 0;
        for (int i = line.next(); i < line.text.length(); i++) {
            char c = line.text.charAt(i);
            if (c == mark) {
                marks++;
            } else if (!Line.isSpace(c)) {
                return false;
            }
        }
        return marks >= 3;
    }

    static Optional<Fence> fence(Line line) {
        char mark = line.peek();
        if (mark != '`' && mark != '~') {
            return Optional.empty();
        }
        int end = run(line.text, line.next(), mark);
        int length = end - line.next();
        boolean inline = mark == '`' && line.text.indexOf('`', end) >= 0;
        return length < 3 || inline ? Optional.empty() : Optional.of(new Fence(mark, length));
    }

    /** @param interrupting whether it would end a paragraph, which not every item may */
    static Optional<Item> item(Line line, boolean interrupting) {
        char mark = line.peek();
        Optional<Item> item = mark == '-' || mark == '+' || mark == '*'
                ? Optional.of(new Item(mark, -1, 1))
                : number(line).stream().mapToObj(end -> numbered(line, end)).findFirst();
        return item.filter(it -> endsWord(line.text, line.next() + it.length()))
                .filter(it -> !interrupting || mayInterrupt(line, it));
    }

    private static boolean mayInterrupt(Line line, Item item) {
        return Math.abs(item.start()) == 1 && !blankFrom(line.text, line.next() + item.length());
    }

    private static Item numbered(Line line, int delimiter) {
        return new Item(
                line.text.charAt(delimiter),
                Integer.parseInt(line.text.substring(line.next(), delimiter)),
                delimiter + 1 - line.next());
    }

    /** Where the delimiter after a number is. */
    private static OptionalInt number(Line line) {
        int at = line.next();
        while (at < line.text.length() && at - line.next() <= MOST_DIGITS && isDigit(line.text.charAt(at))) {
            at++;
        }
        int digits = at - line.next();
        boolean delimited = at < line.text.length() && (line.text.charAt(at) == '.' || line.text.charAt(at) == ')');
        return digits >= 1 && digits <= MOST_DIGITS && delimited ? OptionalInt.of(at) : OptionalInt.empty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
