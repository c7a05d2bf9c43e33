package dev.weir.pipeline.translate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Prose of which everything that must come back unchanged is replaced by numbered marks, {@code ⟦1⟧}: code spans, the
 * ends of links, addresses, emphasis, HTML. Line breaks become spaces.
 */
final class Masked {

    private static final char LEFT = '\u27E6';
    private static final char RIGHT = '\u27E7';

    /** A word of more ASCII characters than this is none: data, a key, a hash. */
    private static final int LONGEST_WORD = 60;

    /** A translation that is longer than this, in sources, is none. */
    private static final int MOST_TIMES = 8;

    private static final int MORE = 200;

    private final String text;
    private final List<String> kept;

    /** For each mark the one that must come after it, or -1. */
    private final List<Integer> closedBy;

    private final long steps;

    private Masked(String text, List<String> kept, List<Integer> closedBy, long steps) {
        this.steps = steps;
        this.text = text;
        this.kept = kept;
        this.closedBy = closedBy;
    }

    /** What is to be translated. */
    String text() {
        return text;
    }

    /** False when there is nothing that could be translated. */
    boolean hasWords() {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    /** The work that making it took, in steps of a bounded time. */
    long steps() {
        return steps;
    }

    static Masked of(String prose) {
        return new Masking(prose).done();
    }

    /**
     * Puts back what the marks stand for.
     *
     * @return empty when marks are missing, doubled or out of order, or when the translation would change the structure of
     *     the text around it
     */
    Optional<String> restore(String translation) {
        String given = translation.strip();
        if (given.isEmpty() || given.length() > MOST_TIMES * text.length() + MORE || !keepsStructure(given)) {
            return Optional.empty();
        }
        int[] places = new int[kept.size()];
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (int left = given.indexOf(LEFT); left >= 0; left = given.indexOf(LEFT, at)) {
            int right = given.indexOf(RIGHT, left);
            int number = right < 0 ? -1 : number(given.substring(left + 1, right));
            if (number < 0 || places[number] > 0) {
                return Optional.empty();
            }
            places[number] = left + 1;
            result.append(given, at, left).append(kept.get(number));
            at = right + 1;
        }
        result.append(given, at, given.length());
        return inOrder(places) ? Optional.of(result.toString()) : Optional.empty();
    }

    private int number(String digits) {
        if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(it -> it >= '0' && it <= '9')) {
            return -1;
        }
        int number = Integer.parseInt(digits) - 1;
        return number < kept.size() ? number : -1;
    }

    private boolean inOrder(int[] places) {
        for (int i = 0; i < places.length; i++) {
            int close = closedBy.get(i);
            if (places[i] == 0 || (close >= 0 && places[close] <= places[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether no markdown came in, and none of what was left in the text went missing. */
    private boolean keepsStructure(String given) {
        for (char c : "`*|<[]\n".toCharArray()) {
            if (count(given, c) != count(text, c)) {
                return false;
            }
        }
        return !opensBlock(given) || opensBlock(text);
    }

    private static long count(String text, char c) {
        return text.chars().filter(it -> it == c).count();
    }

    private static boolean opensBlock(String text) {
        LineHead head = new LineHead();
        head.begin();
        for (int i = 0; i <= text.length(); i++) {
            LineHead.Found found = head.next(i < text.length() ? text.charAt(i) : '\n');
            if (found != LineHead.Found.OPEN) {
                return found != LineHead.Found.TEXT;
            }
        }
        return false;
    }

    /** Goes through a prose once. */
    private static final class Masking {
        private final String prose;
        private final StringBuilder text = new StringBuilder();
        private final List<String> kept = new ArrayList<>();
        private final List<Integer> closedBy = new ArrayList<>();
        private final Deque<Integer> openEmphasis = new ArrayDeque<>();
        private final Deque<Integer> openBrackets = new ArrayDeque<>();
        private final int lastLink;
        private int at;

        /** Up to here there is no further word to look at. */
        private int looked;

        private long steps;

        Masking(String prose) {
            this.prose = prose;
            this.lastLink = prose.lastIndexOf("](");
            this.steps = prose.length();
        }

        Masked done() {
            while (at < prose.length()) {
                steps++;
                int end = end();
                if (end > at) {
                    mask(end);
                } else if (SentenceEnd.isSpace(prose.charAt(at))) {
                    space();
                } else {
                    text.append(prose.charAt(at++));
                }
            }
            return new Masked(text.toString().strip(), kept, closedBy, steps);
        }

        private void space() {
            int from = at;
            while (at < prose.length() && SentenceEnd.isSpace(prose.charAt(at))) {
                steps++;
                at++;
            }
            String spaces = prose.substring(from, at);
            text.append(spaces.indexOf('\n') >= 0 ? " " : spaces);
        }

        /** Where what stands here and must stay as it is ends; here when there is none. */
        private int end() {
            char c = prose.charAt(at);
            return switch (c) {
                case '`' -> codeSpan();
                case '\\' -> escape();
                case '<' -> tag();
                case '!' -> image();
                case '[' -> bracket();
                case ']' -> linkEnd();
                case '*', '_', '~' -> emphasis(c);
                case LEFT, RIGHT -> at + 1;
                case '$' -> prose.startsWith("$$", at) ? through("$$") : at;
                default -> beginsWord() ? word() : at;
            };
        }

        private int codeSpan() {
            int run = runOf('`', at);
            int search = at + run;
            while (true) {
                int next = find("`", search);
                if (next < 0) {
                    return at;
                }
                int length = runOf('`', next);
                if (length == run) {
                    return next + length;
                }
                search = next + length;
            }
        }

        private int find(String what, int from) {
            int place = prose.indexOf(what, from);
            steps += 1 + Math.max(0, (place < 0 ? prose.length() : place) - from);
            return place;
        }

        private int runOf(char c, int from) {
            int to = from;
            while (to < prose.length() && prose.charAt(to) == c) {
                steps++;
                to++;
            }
            return to - from;
        }

        private int escape() {
            if (prose.startsWith("\\(", at)) {
                return through("\\)");
            }
            if (prose.startsWith("\\[", at)) {
                return through("\\]");
            }
            return Math.min(prose.length(), at + 2);
        }

        /** After the next of these; a mark without its partner stands for itself. */
        private int through(String mark) {
            int end = find(mark, at + 2);
            return end < 0 ? at + 2 : end + mark.length();
        }

        private int tag() {
            int end = find(">", at);
            boolean named = at + 1 < prose.length()
                    && (Character.isLetter(prose.charAt(at + 1)) || "/!?".indexOf(prose.charAt(at + 1)) >= 0);
            return named && end > 0 ? end + 1 : at;
        }

        private int image() {
            int end = lastLink > at && prose.startsWith("![", at) ? find("](", at) : -1;
            return end < 0 ? at : after(find(")", end));
        }

        private int after(int place) {
            return place < 0 ? at : place + 1;
        }

        private int bracket() {
            for (String box : List.of("[ ]", "[x]", "[X]")) {
                if (at == 0 && prose.startsWith(box)) {
                    return box.length();
                }
            }
            if (prose.startsWith("[^", at) || prose.startsWith("[!", at)) {
                return after(find("]", at));
            }
            openBrackets.push(lastLink > at ? kept.size() : -1);
            return openBrackets.peek() < 0 ? at : at + 1;
        }

        private int linkEnd() {
            int opened = openBrackets.isEmpty() ? -1 : openBrackets.pop();
            if (opened < 0) {
                return at;
            }
            closedBy.set(opened, kept.size());
            int end = prose.startsWith("](", at) ? closing() : -1;
            return end < 0 ? at + 1 : end;
        }

        private int closing() {
            int depth = 0;
            for (int i = at + 1; i < prose.length(); i++) {
                steps++;
                depth += prose.charAt(i) == '(' ? 1 : prose.charAt(i) == ')' ? -1 : 0;
                if (depth == 0) {
                    return i + 1;
                }
            }
            return -1;
        }

        private int emphasis(char c) {
            int run = runOf(c, at);
            boolean inWord = at > 0
                    && at + run < prose.length()
                    && Character.isLetterOrDigit(prose.charAt(at - 1))
                    && Character.isLetterOrDigit(prose.charAt(at + run));
            if ((c == '~' && run != 2) || (c == '_' && inWord)) {
                return at;
            }
            pair(prose.substring(at, at + run));
            return at + run;
        }

        private void pair(String run) {
            Integer open = openEmphasis.peek();
            if (open != null && kept.get(open).equals(run)) {
                closedBy.set(openEmphasis.pop(), kept.size());
            } else {
                openEmphasis.push(kept.size());
            }
        }

        /** Each word is looked at once, so that this takes linear time. */
        private boolean beginsWord() {
            return at >= looked && Character.isLetterOrDigit(prose.charAt(at));
        }

        /** Addresses, and words that are none. */
        private int word() {
            int end = at;
            boolean ascii = true;
            while (end < prose.length() && isOfAddress(prose.charAt(end))) {
                steps++;
                ascii &= prose.charAt(end) < 0x80;
                end++;
            }
            looked = end;
            String word = prose.substring(at, end);
            String lower = word.toLowerCase(Locale.ROOT);
            int mail = word.indexOf('@');
            boolean address = lower.contains("://")
                    || lower.startsWith("www.")
                    || lower.startsWith("mailto:")
                    || (mail > 0 && word.indexOf('.', mail) > 0);
            return address || (ascii && word.length() > LONGEST_WORD) ? trimmed(end) : at;
        }

        private static boolean isOfAddress(char c) {
            return !SentenceEnd.isSpace(c) && "<>\"`|[]*\u27E6\u27E7".indexOf(c) < 0;
        }

        private int trimmed(int end) {
            int to = end;
            while (to > at + 1 && ".,;:!?)'\u2019\u201D_".indexOf(prose.charAt(to - 1)) >= 0) {
                steps++;
                to--;
            }
            return to;
        }

        private void mask(int end) {
            kept.add(prose.substring(at, end));
            closedBy.add(-1);
            text.append(LEFT).append(kept.size()).append(RIGHT);
            at = end;
        }
    }
}
