package dev.weir.pipeline.redact;

import dev.weir.pipeline.redact.PatternNode.Any;
import dev.weir.pipeline.redact.PatternNode.Assertion;
import dev.weir.pipeline.redact.PatternNode.Choice;
import dev.weir.pipeline.redact.PatternNode.One;
import dev.weir.pipeline.redact.PatternNode.Repeated;
import dev.weir.pipeline.redact.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a regular expression: the part of RE2's syntax that can be matched while text comes in. Characters, {@code .},
 * classes, {@code \d \w \s} and their opposites, {@code \p{…}}, groups, {@code |}, {@code * + ?} and counted repetitions,
 * {@code \b \B ^ $} ({@code ^} and {@code $} stand for the ends of a line), and {@code (?i)} at the beginning.
 */
final class PatternParser {

    private static final int MOST_TIMES = 256;
    private static final int DEEPEST = 50;

    private final String text;
    private int at;
    private boolean anyCase;
    private int depth;

    private PatternParser(String text) {
        this.text = text;
    }

    /**
     * @throws IllegalArgumentException with a sentence for the administrator, when it is none
     */
    static PatternNode parse(String text) {
        PatternParser parser = new PatternParser(text);
        if (text.startsWith("(?i)")) {
            parser.anyCase = true;
            parser.at = 4;
        }
        PatternNode node = parser.choice();
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

    private PatternNode choice() {
        if (++depth > DEEPEST) {
            throw wrong("Brackets stand too deep within each other");
        }
        List<PatternNode> choices = new ArrayList<>(List.of(sequence()));
        while (take('|')) {
            choices.add(sequence());
        }
        depth--;
        return choices.size() == 1 ? choices.getFirst() : new Choice(choices);
    }

    private PatternNode sequence() {
        List<PatternNode> parts = new ArrayList<>();
        while (at < text.length() && !ahead('|') && !ahead(')')) {
            parts.add(repeated(atom()));
        }
        return new Sequence(parts);
    }

    private PatternNode repeated(PatternNode one) {
        if (!isRepetition()) {
            return one;
        }
        PatternNode node = times(one);
        if (isRepetition()) {
            throw wrong("Only one of * + ? { may follow; what is found is always the longest");
        }
        return node;
    }

    private boolean isRepetition() {
        return ahead('*') || ahead('+') || ahead('?') || isCount();
    }

    private PatternNode times(PatternNode one) {
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
        while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
            at++;
        }
        return Integer.parseInt(text.substring(from, at));
    }

    private PatternNode atom() {
        int c = takeAny("Something is missing");
        return switch (c) {
            case '(' -> group();
            case '[' -> new One(set());
            case '.' -> new One(CharSet.of('\n', '\n').not());
            case '^' -> new Any(Assertion.LINE_START);
            case '$' -> new Any(Assertion.LINE_END);
            case '*', '+', '?' -> throw wrong("Nothing stands before " + (char) c + " that could be repeated");
            case '\\' -> escaped();
            default -> new One(cased(CharSet.of(c, c)));
        };
    }

    private CharSet cased(CharSet set) {
        return anyCase ? set.inAnyCase() : set;
    }

    private PatternNode group() {
        if (take('?') && !take(':')) {
            throw wrong("Of the brackets with a question mark only (?: is known, and (?i) at the beginning");
        }
        PatternNode inside = choice();
        if (!take(')')) {
            throw wrong("A bracket is not closed");
        }
        return inside;
    }

    private PatternNode escaped() {
        if (ahead('b') || ahead('B')) {
            return new Any(text.charAt(at++) == 'b' ? Assertion.WORD_EDGE : Assertion.NO_WORD_EDGE);
        }
        return new One(cased(escape()));
    }

    private CharSet escape() {
        int c = takeAny("Something is missing after \\");
        return switch (c) {
            case 'd' -> CharSet.DIGITS;
            case 'D' -> CharSet.DIGITS.not();
            case 'w' -> CharSet.WORD;
            case 'W' -> CharSet.WORD.not();
            case 's' -> CharSet.SPACES;
            case 'S' -> CharSet.SPACES.not();
            case 't' -> CharSet.of('\t', '\t');
            case 'n' -> CharSet.of('\n', '\n');
            case 'r' -> CharSet.of('\r', '\r');
            case 'x' -> hexadecimal();
            case 'p' -> CharSet.category(braced());
            case 'P' -> CharSet.category(braced()).not();
            default -> {
                if (Ascii.isLetterOrDigit((char) Math.min(c, 0x7f))) {
                    throw wrong("\\" + Character.toString(c) + " is not known; there are no references backwards");
                }
                yield CharSet.of(c, c);
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

    private CharSet hexadecimal() {
        String digits = ahead('{') ? braced() : text.substring(at, Math.min(text.length(), at + 2));
        at += text.charAt(at - 1) == '}' ? 0 : digits.length();
        try {
            int c = Integer.parseInt(digits, 16);
            if (Character.isValidCodePoint(c)) {
                return CharSet.of(c, c);
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
        CharSet one = from == '\\' ? escape() : CharSet.of(from, from);
        boolean range = ahead('-') && at + 1 < text.length() && text.charAt(at + 1) != ']';
        if (!range) {
            return one;
        }
        at++;
        int to = takeAny("A [ is not closed");
        CharSet last = to == '\\' ? escape() : CharSet.of(to, to);
        return one.through(last).orElseThrow(() -> wrong("A range ends before it begins"));
    }
}
