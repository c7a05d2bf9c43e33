package dev.weir.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions find what RE2 finds, though text comes a character at a time. */
class PatternTest {

    private static final List<String> PATTERNS = List.of(
            "ab+",
            "a|ab|abc",
            "(ab|a)(c|bcd)",
            "a.c",
            "[a-c]{2,3}",
            "\\bab\\b",
            "\\Bb",
            "^a",
            "c$",
            "(?i)aB",
            "a?b?c",
            "(a*)+b",
            "(a|b)*c",
            "[^ab]c",
            "\\d+",
            "\\w+ \\w+",
            "a{3}",
            "x{0}a",
            "(a|b|ab)*bc",
            "é+",
            "[é-ñ]a",
            "\\x{1f600}a",
            "\\p{Lu}b",
            "\\P{L}a",
            "\\s+a",
            "a\\.b",
            "[\\]a-]+b",
            "[-a]b",
            "(?:ab)+",
            "a{2,}",
            "b{,2}",
            "[\\d\\s]a",
            "\\x61b",
            "a\\b.",
            "\\ba\\b|\\bb\\b",
            "(^|b)a(c|$)");

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "c",
                        "d",
                        "ab",
                        "bc",
                        " ",
                        "1",
                        "é",
                        "ñ",
                        "A",
                        "B",
                        "\n",
                        ".",
                        "\ud83d\ude00",
                        "-",
                        "]",
                        "{",
                        ",",
                        "2")
                .list()
                .ofMaxSize(18)
                .map(it -> String.join("", it));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(PATTERNS);
    }

    @Property(tries = 3000)
    void finds_what_re2_finds(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(covered(pattern, text)).as(pattern + " in " + text).isEqualTo(coveredByRe2(pattern, text));
    }

    /** The characters of the longest match at each place. */
    private static BitSet coveredByRe2(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.LONGEST_MATCH | Pattern.MULTILINE)
                .matcher(text);
        BitSet covered = new BitSet();
        for (int from = 0; from < text.length(); from++) {
            if (matcher.find(from) && matcher.start() == from) {
                covered.set(from, matcher.end());
            }
        }
        return covered;
    }

    private static BitSet covered(String pattern, String text) {
        Rule rule = new Rule("x", Action.LABEL, 0);
        Look look = new Look(
                List.of(new PatternRecogniser(
                        rule, PatternRecogniser.program(pattern), ContextWords.ANY, Optional.empty())),
                new ContextWords.Builder().build());
        return new Covering(look).cover(text);
    }

    /** Tells which characters of a text are removed. */
    private record Covering(Look look) {
        BitSet cover(String text) {
            BitSet covered = new BitSet();
            Window window = new Window();
            Scan[] scans = look.open(
                    window,
                    new Findings() {
                        @Override
                        public void found(Rule rule, int from, int to) {
                            covered.set(from, to);
                        }

                        @Override
                        public void begun(Rule rule, int from, int to) {
                            covered.set(from, to);
                        }

                        @Override
                        public void more(Rule rule, int from, int to) {
                            covered.set(from, to);
                        }
                    },
                    look.words().open(window));
            for (int at = 0; at < text.length(); at++) {
                window.append(text, at, at + 1, 0);
                scans[0].next(text.charAt(at), at);
            }
            scans[0].end(text.length());
            return covered;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a( | A bracket is not closed",
                "(a | A bracket is not closed, at character 3",
                "a) | There is a closing bracket too many, at character 2",
                "[a | A [ is not closed",
                "*a | Nothing stands before *",
                "a+? | Only one of * + ? { may follow",
                "a*? | Only one of * + ? { may follow",
                "(?=a)b | Of the brackets with a question mark only (?: is known",
                "(a)\\1 | \\1 is not known; there are no references backwards",
                "a* | finds the empty text",
                "\\b | finds the empty text",
                "x{1000} | at most 256 times",
                "(x{200}){200} | too large",
                "[z-a] | A range ends before it begins",
                "\\p{Greek} | \\p{Greek} is not known",
                "[[:alpha:]] | are not known; use",
                "\\xzz | must be followed by two hexadecimal digits",
            })
    void says_what_is_wrong_with_an_expression(String pattern, String message) {
        assertThatThrownBy(() -> PatternRecogniser.program(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith(".");
    }

    @Test
    void bears_brackets_within_brackets() {
        assertThatThrownBy(() -> PatternRecogniser.program("(".repeat(100_000))).hasMessageContaining("too deep");
    }

    // --- organisations' own ---

    private static String with(String lines, String text) {
        java.util.Map<String, String> settings = Redacted.all("off");
        settings.put("recognisers", lines);
        return Redacted.whole(settings, text);
    }

    @Test
    void finds_what_an_organisation_describes() {
        assertThat(with("order-number = \\bORD-\\d{8}\\b", "ORD-12345678, ORD-123456789, XORD-12345678"))
                .isEqualTo("[order-number], ORD-123456789, XORD-12345678");
        assertThat(with("# comment\n\nmember; checksum: luhn = \\b\\d{8}\\b", "12345674 12345675"))
                .isEqualTo("[member] 12345675");
        assertThat(with("file; checksum: mod97; action: mask = \\b[A-Z0-9]{10}\\b", "ABCDEFGH95 ABCDEFGH96"))
                .isEqualTo("******GH95 ABCDEFGH96");
        assertThat(with("isbn; checksum: mod11 = \\b\\d{9}[\\dX]\\b", "080442957X 0804429571"))
                .isEqualTo("[isbn] 0804429571");
        assertThat(with(
                        "case; context: case number, Akte; action: mask = \\d{6}",
                        "123456, Case number 123456, AKTE: 654321"))
                .isEqualTo("123456, Case number ******, AKTE: ******");
        assertThat(with("a = a\\d+\nb = \\d+b", "a12b a1 2b")).isEqualTo("[a][b] [a] [b]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing | Line 1: A recogniser is written as: name = expression",
                "Name = a | can't be its name",
                "card = a | can't be its name",
                "a; color: red = a | is no option; there are checksum:, context: and action:.",
                "a; checksum: crc = a | \"crc\" is no checksum; use luhn, mod97 or mod11.",
                "a; action: hide = a | \"hide\" is no action; use label",
                "a; context: , = a | Context words have 1 to 40 characters",
                "a = ( | Line 1: A bracket is not closed",
            })
    void says_what_is_wrong_with_a_recogniser(String line, String message) {
        assertThatThrownBy(() -> CustomRecognisers.read(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takes_each_name_once_and_not_too_many() {
        assertThatThrownBy(() -> CustomRecognisers.read("a = a\na = b"))
                .hasMessageContaining("Line 2: there is a recogniser a");
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 17; i++) {
            many.append("r").append(i).append(" = a\n");
        }
        assertThatThrownBy(() -> CustomRecognisers.read(many.toString())).hasMessageContaining("the most is 16");
    }
}
