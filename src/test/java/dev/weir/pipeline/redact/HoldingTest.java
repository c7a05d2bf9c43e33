package dev.weir.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much is held, and how much work it is. */
class HoldingTest {

    /** With a recogniser of each kind that an organisation can add. */
    private static final String RECOGNISERS = "order = ORD-\\d{8}\nany = <[^>]*>\nname; context: call = [A-Z]\\w+";

    private static final Outlet NOWHERE = new Outlet() {
        @Override
        public void pass(String text) {
            // only what is held counts
        }

        @Override
        public void found(Rule rule, Action action, String value) {
            // only what is held counts
        }
    };

    private static Engine engine() {
        Map<String, String> settings = Redacted.all("label");
        settings.put("region", "US");
        settings.put("recognisers", RECOGNISERS);
        settings.put("prompts", "off");
        settings.put("restore", "true");
        return new Engine(Plan.of(key -> settings.getOrDefault(key, "")).acting(), NOWHERE);
    }

    private static String prose() throws IOException {
        try (InputStream in = Objects.requireNonNull(HoldingTest.class.getResourceAsStream("/prose.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 17})
    void holds_no_more_of_prose_than_the_word_that_is_being_written(int length) throws IOException {
        String text = prose();
        Engine engine = engine();
        int[] held = new int[(text.length() + length - 1) / length];
        int more = 0;
        for (int i = 0; i < held.length; i++) {
            int to = Math.min(text.length(), (i + 1) * length);
            engine.accept(text.substring(i * length, to));
            held[i] = engine.held();
            more += held[i] > openWord(text, to) ? 1 : 0;
        }
        Arrays.sort(held);

        assertThat(more).as("times when more than the open word was held").isLessThan(held.length / 20);
        assertThat(held[held.length / 2]).as("median").isLessThanOrEqualTo(5);
        assertThat(held[held.length * 99 / 100]).as("99 of 100").isLessThanOrEqualTo(40);
    }

    private static int openWord(String text, int to) {
        int from = to;
        while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        return to - from;
    }

    @Test
    void holds_nothing_of_prose_but_numbers_and_beginnings_by_default() throws IOException {
        String text = prose();
        Engine engine = new Engine(Plan.of(Redaction.defaults()).acting(), NOWHERE);
        long held = 0;
        for (int i = 0; i < text.length(); i++) {
            engine.accept(text.substring(i, i + 1));
            held += engine.held();
        }

        assertThat(held).as("on average").isLessThan(2L * text.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a@",
                "a@b.",
                "a.",
                "a-",
                "1",
                "1 ",
                "12 ",
                "4111 ",
                "4111 1111 1111 1111 ",
                "4111-",
                "(",
                "+1 ",
                "+1 (2",
                "DE89",
                "DE89 ",
                "de ",
                "GB29 NWBK ",
                "sk-",
                "ghp_",
                "AKIA ",
                "eyJ",
                "eyJ.",
                "eyJhbGciOiJIUzI1NiJ9.",
                "-",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n",
                "://",
                "://a:",
                "://a:b@",
                "a1:",
                "::",
                "1.2.",
                "0x",
                "bc1q",
                "1A1zP1",
                "born ",
                "born 1 ",
                "born 1.1.",
                "ssn 1",
                "<",
                "<>",
                "ORD-",
                "ORD-1 ",
                "call A",
                "\u0000",
                "\ud83d",
                "\ude00",
                "\ud83d\ude00",
                "e\u0301",
                "漢",
                "\n",
                "\u202e",
                "ada@example.org ",
                "ada@example.org",
                "_",
                "'",
                "x~8Q~",
                "AccountKey=a+/"
            })
    void takes_a_time_in_proportion_to_the_text_whatever_it_is(String piece) {
        String text = piece.repeat(20_000 / piece.length());
        Engine engine = engine();
        int mostHeld = 0;
        for (int i = 0; i < text.length(); i++) {
            engine.accept(text.substring(i, i + 1));
            mostHeld = Math.max(mostHeld, engine.held());
        }
        long half = engine.steps();
        engine.accept(text);
        engine.finish();

        assertThat(mostHeld).isLessThanOrEqualTo(Engine.MOST_HELD);
        assertThat(engine.steps() - half).as("the second half").isLessThan(half + half / 5 + 10_000);
        assertThat(engine.steps()).as("steps for a character").isLessThan(300L * 2 * text.length());
    }

    @Test
    void lets_a_mebibyte_without_a_boundary_through() {
        for (String piece : new String[] {"a", "0", "漢", "a1B2", "\u0007"}) {
            Engine engine = engine();
            String text = piece.repeat((1 << 20) / piece.length());
            engine.accept(text);

            assertThat(engine.held()).isLessThanOrEqualTo(Engine.MOST_HELD);
            engine.finish();
            assertThat(engine.steps()).isLessThan(100L * text.length());
        }
    }
}
