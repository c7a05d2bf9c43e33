package dev.weir.pipeline.safety;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads regular expressions: letters, {@code .}, {@code [a-z]}, {@code [^…]}, {@code \d \w \s \b} and their opposites
 * {@code \D \W \S}, groups, {@code |}, {@code * + ?} and {@code {2,5}}. What they are matched with is folded, and so are
 * they: case, accents and widths don't count. There are no references back and no looking around, so that each character
 * of a text costs a bounded time.
 */
final class PatternParser {

    private static final int MOST_TIMES = 100;

    private final int[] text;
    private int at;

    private PatternParser(String text) {
        this.text = text.codePoints().toArray();
    }

    /**
     * Reads a whole pattern.
     *
     * @throws IllegalArgumentException when it is none, or matches the empty text
     */
    static Node parse(String pattern) {
        PatternParser parser = new PatternParser(pattern);
        Node node = parser.alternatives();
        if (parser.at < parser.text.length) {
            throw new IllegalArgumentException("has a ) too many");
        }
        if (node.canBeEmpty()) {
            throw new IllegalArgumentException("matches the empty text");
        }
        return node;
    }

    /** A part of a pattern. */
    sealed interface Node {

        boolean canBeEmpty();

        /** One character. */
        record One(IntPredicate fits) implements Node {
            @Override
            public boolean canBeEmpty() {
                return false;
            }
        }

        /** The boundary of a word. */
        record Boundary() implements Node {
            @Override
            public boolean canBeEmpty() {
                return true;
            }
        }

        /** One after the other. */
        record Row(List<Node> parts) implements Node {
            @Override
            public boolean canBeEmpty() {
                return parts.stream().allMatch(Node::canBeEmpty);
            }
        }

        /** One of them. */
        record Either(List<Node> parts) implements Node {
            @Override
            public boolean canBeEmpty() {
                return parts.stream().anyMatch(Node::canBeEmpty);
            }
        }

        /**
         * The same several times.
         *
         * @param most {@link Integer#MAX_VALUE} for any number
         */
        record Times(Node part, int least, int most) implements Node {
            @Override
            public boolean canBeEmpty() {
                return least == 0 || part.canBeEmpty();
            }
        }
    }

    private Node alternatives() {
        List<Node> parts = new ArrayList<>(List.of(row()));
        while (accept('|')) {
            parts.add(row());
        }
        return parts.size() == 1 ? parts.getFirst() : new Node.Either(parts);
    }

    private Node row() {
        List<Node> parts = new ArrayList<>();
        while (at < text.length && text[at] != '|' && text[at] != ')') {
            parts.add(repeated(atom()));
        }
        return new Node.Row(parts);
    }

    private Node repeated(Node atom) {
        Node node = atom;
        while (at < text.length) {
            if (accept('*')) {
                node = new Node.Times(node, 0, Integer.MAX_VALUE);
            } else if (accept('+')) {
                node = new Node.Times(node, 1, Integer.MAX_VALUE);
            } else if (accept('?')) {
                node = new Node.Times(node, 0, 1);
            } else if (text[at] == '{') {
                node = counted(node);
            } else {
                return node;
            }
        }
        return node;
    }

    private Node counted(Node node) {
        at++;
        int least = number();
        int most = accept(',') ? (at < text.length && text[at] == '}' ? Integer.MAX_VALUE : number()) : least;
        expect('}');
        if (least > most) {
            throw new IllegalArgumentException("has {" + least + "," + most + "}, where the first is larger");
        }
        return new Node.Times(node, least, most);
    }

    private int number() {
        int value = 0;
        int from = at;
        while (at < text.length && text[at] >= '0' && text[at] <= '9' && value <= MOST_TIMES) {
            value = 10 * value + text[at++] - '0';
        }
        if (at == from || value > MOST_TIMES) {
            throw new IllegalArgumentException("needs a number from 0 to " + MOST_TIMES + " between { and }");
        }
        return value;
    }

    private Node atom() {
        int c = text[at++];
        return switch (c) {
            case '(' -> group();
            case '[' -> new Node.One(set());
            case '.' -> new Node.One(it -> true);
            case '\\' -> escaped();
            case '*', '+', '?' ->
                throw new IllegalArgumentException("has " + Character.toString(c) + " with nothing before it");
            case '^', '$' ->
                throw new IllegalArgumentException("has " + Character.toString(c)
                        + ", but a text has no lines here; for a word's boundary write \\b, for the character itself put"
                        + " \\ before it");
            default -> literal(c);
        };
    }

    private Node group() {
        if (at < text.length && text[at] == '?') {
            if (at + 1 >= text.length || text[at + 1] != ':') {
                throw new IllegalArgumentException("looks around or names a group, which is not to be had here");
            }
            at += 2;
        }
        Node node = alternatives();
        expect(')');
        return node;
    }

    private static Node literal(int c) {
        List<Node> parts = new ArrayList<>();
        for (int folded : Folding.of(c)) {
            int lower = lower(folded);
            parts.add(new Node.One(it -> it == lower));
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("has a character that is not seen");
        }
        return parts.size() == 1 ? parts.getFirst() : new Node.Row(parts);
    }

    private Node escaped() {
        if (at == text.length) {
            throw new IllegalArgumentException("ends with \\");
        }
        int c = text[at++];
        return c == 'b' ? new Node.Boundary() : kind(c).<Node>map(Node.One::new).orElseGet(() -> exactly(c));
    }

    private static Node exactly(int c) {
        if (Character.isLetterOrDigit(c)) {
            throw new IllegalArgumentException("has \\" + Character.toString(c) + ", which means nothing here");
        }
        return literal(c);
    }

    private static java.util.Optional<IntPredicate> kind(int c) {
        return java.util.Optional.ofNullable(
                switch (c) {
                    case 'd' -> Character::isDigit;
                    case 'D' -> it -> !Character.isDigit(it);
                    case 'w' -> PatternParser::isWord;
                    case 'W' -> it -> !isWord(it);
                    case 's' -> it -> it == Folding.BLANK;
                    case 'S' -> it -> it != Folding.BLANK;
                    default -> null;
                });
    }

    static boolean isWord(int c) {
        return c == '_' || Folding.inWord(c);
    }

    private IntPredicate set() {
        boolean not = accept('^');
        IntPredicate any = it -> false;
        boolean first = true;
        while (at < text.length && (text[at] != ']' || first)) {
            any = any.or(member());
            first = false;
        }
        expect(']');
        return not ? any.negate() : any;
    }

    private IntPredicate member() {
        int from = text[at++];
        if (from == '\\' && at < text.length) {
            from = text[at++];
            java.util.Optional<IntPredicate> kind = kind(from);
            if (kind.isPresent()) {
                return kind.get();
            }
        }
        int first = single(from);
        if (at + 1 < text.length && text[at] == '-' && text[at + 1] != ']') {
            int last = single(text[at + 1]);
            at += 2;
            if (first > last) {
                throw new IllegalArgumentException("has a range in [ ] whose first character comes after its last");
            }
            return it -> it >= first && it <= last;
        }
        return it -> it == first;
    }

    private static int single(int c) {
        int[] folded = Folding.of(c);
        return folded.length == 1 ? lower(folded[0]) : c;
    }

    static int lower(int folded) {
        return folded == 'I' ? 'i' : folded;
    }

    private boolean accept(int c) {
        boolean there = at < text.length && text[at] == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(int c) {
        if (!accept(c)) {
            throw new IllegalArgumentException("lacks a " + Character.toString(c));
        }
    }
}
