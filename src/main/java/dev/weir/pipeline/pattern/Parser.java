package dev.weir.pipeline.pattern;

import dev.weir.pipeline.pattern.Node.Any;
import dev.weir.pipeline.pattern.Node.Assertion;
import dev.weir.pipeline.pattern.Node.Choice;
import dev.weir.pipeline.pattern.Node.One;
import dev.weir.pipeline.pattern.Node.Repeated;
import dev.weir.pipeline.pattern.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a regular expression: the part of RE2's syntax that can be matched while text comes in. Characters, {@code .},
 * classes, {@code \d \w \s} and their opposites, {@code \p{…}}, groups, {@code |}, {@code * + ?} and counted repetitions,
 * {@code \b \B}. Where case and lines count also {@code ^ $} (which stand for the ends of a line), and {@code (?i)} at the
 * beginning.
 */
final class Parser {

    private static final int MOST_TIMES = 256;
    private static final int DEEPEST = 50;

    private final String text;
    private final Dialect dialect;
    private int at;
    private boolean anyCase;
    private int depth;

    private Parser(String text, Dialect dialect) {
        this.text = text;
        this.dialect = dialect;
    }

    /**
     * @throws IllegalArgumentException with a sentence for the administrator, when it is none
     */
    static Node parse(String text, Dialect dialect) {
        Parser parser = new Parser(text, dialect);
        if (dialect.exact() && text.startsWith("(?i)")) {
            parser.anyCase = true;
            parser.at = 4;
        }
        Node node = parser.choice();
        if (parser.at < text.length()) {
            throw parser.wrong("There is a closing bracket too many");
        }
        return node;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + ", at character " + (at + 1) + " of the expression.");
    }

    private boolean ahead(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean take(char c) {
        boolean there = ahead(c);
        at += there ? 1 : 0;
        return there;
    }

    private int takeAny(String where) {
        if (at >= text.length()) {
            throw wrong(where);
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    private Node choice() {
        if (++depth > DEEPEST) {
            throw wrong("Brackets stand too deep within each other");
        }
        List<Node> choices = new ArrayList<>(List.of(sequence()));
        while (take('|')) {
            choices.add(sequence());
        }
        depth--;
        return choices.size() == 1 ? choices.getFirst() : new Choice(choices);
    }

    private Node sequence() {
        List<Node> parts = new ArrayList<>();
        while (at < text.length() && !ahead('|') && !ahead(')')) {
            parts.add(repeated(atom()));
        }
        return new Sequence(parts);
    }

    private Node repeated(Node one) {
        if (!isRepetition()) {
            return one;
        }
        Node node = times(one);
        if (isRepetition()) {
            throw wrong("Only one of * + ? { may follow; what is found is always the longest");
        }
        return node;
    }

    private boolean isRepetition() {
        return ahead('*') || ahead('+') || ahead('?') || isCount();
    }

    private Node times(Node one) {
        if (take('*')) {
            return new Repeated(one, 0, Repeated.WITHOUT_END);
        }
        if (take('+')) {
            return new Repeated(one, 1, Repeated.WITHOUT_END);
        }
        if (take('?')) {
            return new Repeated(one, 0, 1);
        }
        at++;
        int least = number();
        int most = take(',') ? ahead('}') ? Repeated.WITHOUT_END : number() : least;
        at++;
        if ((most != Repeated.WITHOUT_END && least > most) || Math.max(least, most) > MOST_TIMES) {
            throw wrong("A repetition may be at most 256 times, and the first number not above the second");
        }
        return new Repeated(one, least, most);
    }

    /** Whether what stands here is a repetition; else the bracket stands for itself, as in RE2. */
    private boolean isCount() {
        return text.substring(at).matches("(?s)\\{\\d{1,4}(,\\d{0,4})?}.*");
    }

    private int number() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private Node atom() {
        int c = takeAny("Something is missing");
        return switch (c) {
            case '(' -> group();
            case '[' -> new One(set());
            case '.' -> new One(dialect.any());
            case '^' -> lineEnd(c, Assertion.LINE_START);
            case '$' -> lineEnd(c, Assertion.LINE_END);
            case '*', '+', '?' -> throw wrong("Nothing stands before " + (char) c + " that could be repeated");
            case '\\' -> escaped();
            default -> literal(c);
        };
    }

    private Node lineEnd(int c, Assertion where) {
        if (!dialect.exact()) {
            throw wrong("A text has no lines here; for the edge of a word write \\b, for %s itself put \\ before it"
                    .formatted(Character.toString(c)));
        }
        return new Any(where);
    }

    private Node literal(int c) {
        List<Node> parts = new ArrayList<>();
        dialect.read(c).forEach(it -> parts.add(new One(cased(it))));
        if (parts.isEmpty()) {
            throw wrong("There is a character that nobody sees");
        }
        return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
    }

    private CharSet cased(CharSet set) {
        return anyCase ? set.inAnyCase() : set;
    }

    private Node group() {
        if (take('?') && !take(':')) {
            throw wrong("Of the brackets with a question mark only (?: is known"
                    + (dialect.exact() ? ", and (?i) at the beginning" : "; neither case nor accents count here"));
        }
        Node inside = choice();
        if (!take(')')) {
            throw wrong("A bracket is not closed");
        }
        return inside;
    }

    private Node escaped() {
        if (ahead('b') || ahead('B')) {
            return new Any(text.charAt(at++) == 'b' ? Assertion.WORD_EDGE : Assertion.NO_WORD_EDGE);
        }
        int c = takeAny("Something is missing after \\");
        Optional<CharSet> kind = kind(c);
        return kind.isPresent() ? new One(cased(kind.get())) : literal(itself(c));
    }

    /** A class of characters; empty when it is one character. */
    private Optional<CharSet> kind(int c) {
        return switch (c) {
            case 'd' -> Optional.of(dialect.digits());
            case 'D' -> Optional.of(dialect.digits().not());
            case 'w' -> Optional.of(dialect.word());
            case 'W' -> Optional.of(dialect.word().not());
            case 's' -> Optional.of(dialect.spaces());
            case 'S' -> Optional.of(dialect.spaces().not());
            case 'p' -> Optional.of(category());
            case 'P' -> Optional.of(category().not());
            default -> Optional.empty();
        };
    }

    private CharSet category() {
        String name = braced();
        if (!dialect.exact() && List.of("Lu", "Ll", "Lt").contains(name)) {
            throw wrong("\\p{" + name + "} finds nothing, for case does not count here; write \\p{L}");
        }
        return CharSet.category(name);
    }

    /** The one character that stands after a backslash. */
    private int itself(int c) {
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'x' -> hexadecimal();
            default -> {
                if (c < 128 && Character.isLetterOrDigit(c)) {
                    throw wrong("\\" + Character.toString(c) + " is not known; there are no references backwards");
                }
                yield c;
            }
        };
    }

    private String braced() {
        int end = text.indexOf('}', at);
        if (!take('{') || end < 0) {
            throw wrong("Braces are missing");
        }
        String inside = text.substring(at, end);
        at = end + 1;
        return inside;
    }

    private int hexadecimal() {
        String digits = ahead('{') ? braced() : text.substring(at, Math.min(text.length(), at + 2));
        at += text.charAt(at - 1) == '}' ? 0 : digits.length();
        try {
            int c = Integer.parseInt(digits, 16);
            if (Character.isValidCodePoint(c)) {
                return c;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong("\\x must be followed by two hexadecimal digits, or some in braces");
    }

    private CharSet set() {
        boolean not = take('^');
        CharSet set = CharSet.empty();
        boolean first = true;
        while (first || !ahead(']')) {
            first = false;
            set = set.or(range());
        }
        at++;
        CharSet all = cased(set);
        return not ? all.not() : all;
    }

    private CharSet range() {
        int from = takeAny("A [ is not closed");
        if (from == '[' && ahead(':')) {
            throw wrong("Classes such as [:alpha:] are not known; use \\p{L}");
        }
        CharSet one = member(from);
        boolean range = ahead('-') && at + 1 < text.length() && text.charAt(at + 1) != ']';
        if (!range) {
            return one;
        }
        at++;
        int to = takeAny("A [ is not closed");
        CharSet last = member(to);
        return one.through(last).orElseThrow(() -> wrong("A range ends before it begins"));
    }

    private CharSet member(int c) {
        if (c != '\\') {
            return dialect.readOne(c);
        }
        int escaped = takeAny("Something is missing after \\");
        return kind(escaped).orElseGet(() -> dialect.readOne(itself(escaped)));
    }
}
