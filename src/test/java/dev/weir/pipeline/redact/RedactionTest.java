package dev.weir.pipeline.redact;

import static dev.weir.pipeline.redact.Redacted.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pipeline.Line;
import dev.weir.pipeline.Line.Speaker;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done with what is found. */
class RedactionTest {

    private static final String CARD = "4111 1111 1111 1111";
    private static final String TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    private static Redacted with(String... settings) {
        return new Redacted(map(settings));
    }

    private static Map<String, String> map(String... settings) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return map;
    }

    @Test
    void takes_out_by_default_what_is_secret_or_names_an_account() {
        Redacted branch = with().run(List.of("Card " + CARD + ", IBAN DE89370400440532013000, SSN 123-45-6789, " + TOKEN
                + ", ada@example.org, +44 20 7946 0958, 192.0.2.1."));

        assertThat(branch.text)
                .hasToString("Card **** **** **** 1111, IBAN ******************3000, SSN [us-ssn], [github-token],"
                        + " ada@example.org, +44 20 7946 0958, 192.0.2.1.");
        assertThat(branch.verdicts)
                .containsExactlyInAnyOrder(
                        "redacted card",
                        "redacted iban",
                        "redacted us-ssn",
                        "redacted github-token",
                        "passed email",
                        "passed phone");
        assertThat(branch.ends).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "label | a [email] b | redacted email",
                "mask | a ***@******e.org b | redacted email",
                "report | a ada@example.org b | passed email",
                "off | a ada@example.org b | ",
            })
    void does_what_its_setting_says(String action, String expected, String verdict) {
        Redacted branch = with("email", action).run(List.of("a ada@example.org b"));

        assertThat(branch.text).hasToString(expected);
        assertThat(branch.verdicts).isEqualTo(verdict == null ? List.of() : List.of(verdict));
    }

    @Test
    void ends_the_answer_where_it_is_set_so_and_shows_what_came_before() {
        Redacted branch = with("email", "block").run(List.of("Write to ", "ada@exam", "ple.org, or", " call."));

        assertThat(branch.text).hasToString("Write to ");
        assertThat(branch.verdicts).containsExactly("blocked email");
        assertThat(branch.blocks)
                .containsExactly(
                        "The answer was ended, because there was something in it that must not be shown here (email).");
        assertThat(branch.ends).isZero();
    }

    @Test
    void only_reports_in_report_mode() {
        Redacted branch = new Redacted(Map.of("email", "label", "jwt", "block"), Mode.REPORT, "room", "")
                .run(List.of("a ada@exam", "ple.org, " + CARD));

        assertThat(branch.text).hasToString("a ada@example.org, " + CARD);
        assertThat(branch.verdicts).containsExactly("redacted email", "redacted card");
        assertThat(branch.ends).isEqualTo(1);
    }

    @Test
    void gives_the_same_value_the_same_pseudonym_within_a_room_only() {
        Map<String, String> settings = Map.of("card", "pseudonym");
        String here = new Redacted(settings, Mode.ENFORCE, "a", "")
                .run(List.of(CARD + "|" + CARD.replace(" ", "")))
                .text
                .toString();
        String there = new Redacted(settings, Mode.ENFORCE, "b", "")
                .run(List.of(CARD))
                .text
                .toString();

        assertThat(here).matches("(card-[a-z2-7]{10})\\|\\1");
        assertThat(there).matches("card-[a-z2-7]{10}").isNotEqualTo(here.substring(0, 15));
    }

    @Test
    void puts_what_goes_on_from_an_earlier_text_out_of_sight_too() {
        Redacted branch = new Redacted(Map.of(), Mode.ENFORCE, "room", "My card is 4111 1111")
                .run(List.of(" 1111 1111", " indeed"));

        assertThat(branch.text).hasToString("[card] indeed");
    }

    @Test
    void masks_nothing_that_another_rule_wants_hidden() {
        Redacted branch = with("email", "mask", "recognisers", "name; action: label = \\bada\\S*")
                .run(List.of("to ada@example.org now"));

        assertThat(branch.text.toString()).startsWith("to [").doesNotContain("org");
    }

    @Test
    void removes_a_private_key_as_it_comes() {
        String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq+Zx9\nQ0zq8Qn1x9JxU0yq5ZcE\nab==\n"
                + "-----END RSA PRIVATE KEY-----";
        for (String text : List.of(key, key.replace("\n", "\\n"), key.replace('\n', ' '))) {
            Redacted branch = with();
            for (char c : ("Here:\n" + text + "\nDone.").toCharArray()) {
                branch.give(String.valueOf(c));
            }
            branch.finish();

            assertThat(branch.text).hasToString("Here:\n[private-key]\nDone.");
            assertThat(branch.verdicts).containsExactly("redacted private-key");
        }
    }

    @Test
    void does_not_swallow_what_follows_a_private_key_without_an_end() {
        assertThat(Redacted.whole(
                        Map.of(),
                        "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq+Zx9\n(and so on)\nThen you call it."))
                .isEqualTo("[private-key]\n(and so on)\nThen you call it.");
        assertThat(Redacted.whole(Map.of(), "-----BEGIN PUBLIC KEY-----\nMIIEpAIBAAKCAQEA7bq+Zx9\n"))
                .isEqualTo("-----BEGIN PUBLIC KEY-----\nMIIEpAIBAAKCAQEA7bq+Zx9\n");
        assertThat(Redacted.whole(Map.of(), "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq+Zx9\nAbC"))
                .isEqualTo("[private-key]");
    }

    @Test
    void treats_what_is_longer_than_can_be_held_as_found() {
        String longToken = "ghp_" + "a1".repeat(2000);
        assertThat(Redacted.whole(Map.of(), "a " + longToken + " b")).isEqualTo("a [github-token] b");
        assertThat(Redacted.whole(Map.of(), "a eyJ" + "a1".repeat(2000) + " b")).isEqualTo("a [jwt] b");
        assertThat(Redacted.whole(Map.of("recognisers", "x = <.*>"), "a <" + "b".repeat(2000) + "\n c"))
                .isEqualTo("a [x]\n c");
    }

    // --- prompts ---

    @Test
    void leaves_prompts_alone_unless_it_is_set() {
        List<Line> lines = List.of(new Line(Speaker.USER, CARD));

        assertThat(with().prompt(lines.getFirst())).isEqualTo(lines);
    }

    @Test
    void turns_pseudonyms_of_a_prompt_back_in_its_answer() {
        Redacted branch = with("prompts", "redact", "email", "pseudonym", "card", "label");
        List<Line> sent = branch.prompt(
                new Line(Speaker.SYSTEM, "Be brief."),
                new Line(Speaker.USER, "Ada is Ada@example.org, she has " + CARD + "."));
        String text = sent.get(1).text();
        assertThat(sent.get(0).text()).isEqualTo("Be brief.");
        assertThat(text).matches("Ada is email-[a-z2-7]{10}, she has \\[card]\\.");
        String pseudonym = text.substring(7, 23);

        for (char c : ("Dear " + pseudonym.toUpperCase(java.util.Locale.ROOT) + ", email-abcdefghij.").toCharArray()) {
            branch.give(String.valueOf(c));
        }
        String tool = branch.toolCall("{\"to\":\"" + pseudonym + "\"}");
        branch.finish();

        assertThat(branch.text).hasToString("Dear Ada@example.org, email-abcdefghij.");
        assertThat(tool).isEqualTo("{\"to\":\"Ada@example.org\"}");
        assertThat(branch.verdicts).containsExactly("redacted prompt email", "redacted prompt card");
    }

    @Test
    void keeps_pseudonyms_where_they_must_not_be_turned_back() {
        Redacted branch = with("prompts", "redact", "email", "pseudonym", "restore", "false");
        String pseudonym = branch.prompt(new Line(Speaker.USER, "ada@example.org"))
                .getFirst()
                .text();

        assertThat(branch.run(List.of("Dear " + pseudonym)).text).hasToString("Dear " + pseudonym);
    }

    @Test
    void sends_no_question_with_something_that_blocks() {
        Redacted branch = with("prompts", "redact", "jwt", "off", "token", "block");
        branch.prompt(new Line(Speaker.USER, "What is " + TOKEN + "?"));

        assertThat(branch.blocks)
                .containsExactly("The question was not sent, because there is something in it that must not leave here"
                        + " (github-token).");
    }

    // --- tool calls ---

    @Test
    void redacts_the_arguments_of_tool_calls_and_leaves_them_json() {
        Redacted branch = with("email", "label");

        assertThat(branch.toolCall("{\"to\":[\"ada\\u0040example.org\"],\"card\":4111111111111111,\"n\":1.50}"))
                .isEqualTo("{\"to\":[\"[email]\"],\"card\":\"************1111\",\"n\":1.50}");
        assertThat(branch.toolCall("{\"to\": ada@example.org")).isEqualTo("{\"to\": [email]");
        assertThat(branch.toolCall("")).isEmpty();
        assertThat(branch.verdicts).containsExactly("redacted email", "redacted card", "redacted email");
    }

    // --- settings ---

    @Test
    void says_what_is_wrong_with_a_setting() {
        Redaction redaction = new Redaction(() -> KEY);

        for (Setting setting : redaction.settings()) {
            assertThat(redaction.problem(setting.key(), setting.byDefault()))
                    .as(setting.key())
                    .isEmpty();
        }
        assertThat(redaction.problem("email", "maks"))
                .contains("\"maks\" is no action for email; use label, mask, pseudonym, block, report or off.");
        assertThat(redaction.problem("region", "XX"))
                .contains("\"XX\" is no region; use the two letters of ISO 3166, such as US or DE.");
        assertThat(redaction.problem("prompts", "on")).contains("\"on\" is not known; use off or redact.");
        assertThat(redaction.problem("recognisers", "a = b\nC = d").orElse(""))
                .startsWith("Line 2: \"C\" can't be its name");
    }

    @Test
    void does_not_run_with_a_setting_that_is_wrong() {
        assertThatThrownBy(() -> with("card", "maks")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with("recognisers", "nothing")).hasMessageContaining("Line 1");
    }
}
