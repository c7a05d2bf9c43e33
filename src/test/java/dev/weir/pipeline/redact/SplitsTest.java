package dev.weir.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Splits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * For every text and every way to cut it: what comes out is what comes out of the whole text, and at no moment is there a
 * character to be seen of what is removed in the end.
 */
class SplitsTest {

    /** Entities, parts of them, what only just is none, and what stands between. */
    private static final List<String> PIECES = List.of(
            "ada@example.org",
            "ada@",
            "@example.org",
            ".co",
            "müller@exämple.de",
            "a.b-c+d",
            "4111 1111 1111 1111",
            "4111111111111111",
            "4111 1111 1111 1112",
            "4111 1111",
            "1111 ",
            "5555555555554444",
            "378282246310005",
            "DE89 3704 0044 0532 0130 00",
            "DE89370400440532013000",
            "GB29 NWBK ",
            "123-45-6789",
            "-6789",
            "900-70-1234",
            "943 476 5919",
            "nhs ",
            "ssn ",
            "born ",
            "1990-05-12",
            "12 May 1990",
            "May 12th, 1990",
            "+44 20 7946 0958",
            "(212) 736-5000",
            "+1 (",
            "192.0.2.17",
            "2001:db8::1",
            "00:1A:2b:3C:4d:5e",
            "::",
            "1:2",
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
            "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            "ghp_",
            "sk-ant-",
            "sk-proj-0123456789abcdefghij",
            "AKIA0123456789ABCDEF",
            "AIzaSyA-0123456789abcdefghijABCDEFGHIJK",
            "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UifQ.dBjftJeZ4CVP",
            "eyJhbGciOiJIUzI1NiJ9.",
            "eyJ",
            "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq+Zx9\nQ0==\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----",
            "-----END PRIVATE KEY-----",
            "-----",
            "postgres://u:s3cret@db/",
            "://a:",
            "@db",
            "ORD-12345678",
            "ORD-1234",
            "xx<<<",
            ">>>",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "e\u0301",
            "\u0301",
            "שלום ",
            "\u202e",
            "مرحبا",
            "漢字",
            "\u200b",
            "٤١١١",
            " ",
            " ",
            " ",
            "\n",
            ".",
            ",",
            "-",
            "(",
            ")",
            "'",
            "\"",
            "/",
            ":",
            "_",
            "a",
            "Z",
            "0",
            "7",
            "word ",
            "the ",
            "\u0000",
            "\u0007",
            "x".repeat(70),
            "a1".repeat(160));

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> piece = Arbitraries.of(PIECES);
        // The beginning or the end of an entity, so that every boundary comes.
        Arbitrary<String> part = Combinators.combine(
                        piece, Arbitraries.integers().between(0, 100))
                .as((it, cut) -> cut > 80 ? it.substring(0, it.length() * (cut - 80) / 20) : it);
        return part.list().ofMinSize(1).ofMaxSize(14).map(it -> String.join("", it));
    }

    @Provide
    Arbitrary<Map<String, String>> settings() {
        Arbitrary<String> action = Arbitraries.of("label", "label", "mask", "pseudonym", "report", "off", "block");
        return action.list().ofSize(Entity.values().length + 1).map(actions -> {
            Map<String, String> settings = new HashMap<>();
            for (Entity entity : Entity.values()) {
                String it = actions.get(List.of(Entity.values()).indexOf(entity));
                settings.put(entity.key(), it.equals("block") && entity != Entity.MAC ? "label" : it);
            }
            settings.put("region", "US");
            settings.put(
                    "recognisers",
                    "order; action: " + actions.getLast().replace("block", "mask")
                            + " = ORD-\\d{8}\nangle = <<<[^>]*>>>\nface = [\u4e00-\u9fff\\x{1f600}]\\w");
            return settings;
        });
    }

    private static Redacted run(Map<String, String> settings, List<String> deltas) {
        return new Redacted(settings).run(deltas);
    }

    @Property(tries = 800)
    void comes_out_the_same_however_it_is_cut(
            @ForAll("texts") String text,
            @ForAll("settings") Map<String, String> settings,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 40) Integer> lengths) {
        Redacted whole = run(settings, List.of(text));
        Redacted cut = run(settings, Splits.of(text, lengths));
        Redacted single = run(settings, Splits.single(text));

        assertThat(cut.text).hasToString(whole.text.toString());
        assertThat(single.text).hasToString(whole.text.toString());
        assertThat(cut.blocks).isEqualTo(whole.blocks);
        assertThat(single.blocks).isEqualTo(whole.blocks);
        assertThat(acted(cut)).isEqualTo(acted(whole));
        assertThat(acted(single)).isEqualTo(acted(whole));
    }

    private static List<String> acted(Redacted branch) {
        return branch.verdicts.stream().filter(it -> !it.startsWith("passed")).toList();
    }

    @Property(tries = 200)
    void comes_out_the_same_at_each_cut_of_a_short_text(
            @ForAll("texts") String text, @ForAll("settings") Map<String, String> settings) {
        String shorter = text.substring(0, Math.min(60, text.length()));
        String whole = run(settings, List.of(shorter)).text.toString();

        for (int at = 1; at < shorter.length(); at++) {
            List<String> deltas = List.of(shorter.substring(0, at), shorter.substring(at));
            assertThat(run(settings, deltas).text).hasToString(whole);
        }
    }

    /**
     * What is shown after each character is a beginning of what is shown in the end; and it is so as well when the text ends
     * otherwise. So nothing is ever shown that depends on what comes.
     */
    @Property(tries = 300)
    void shows_nothing_that_is_removed_in_the_end(
            @ForAll("texts") String text,
            @ForAll("texts") String other,
            @ForAll("settings") Map<String, String> settings) {
        String whole = run(settings, List.of(text)).text.toString();
        String otherwise = run(settings, List.of(text + other)).text.toString();
        Redacted branch = new Redacted(settings);

        for (String delta : Splits.single(text)) {
            branch.give(delta);
            assertThat(whole).startsWith(branch.text);
            assertThat(otherwise).startsWith(branch.text);
        }
    }

    @Property(tries = 500)
    void never_holds_more_than_it_says(@ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 9) int length) {
        List<Integer> held = new ArrayList<>();
        Look look = Plan.of(key -> key.equals("region")
                        ? "US"
                        : key.equals("prompts")
                                ? "off"
                                : key.equals("restore")
                                        ? "true"
                                        : key.equals("recognisers") ? "angle = <<<[^>]*>>>" : "label")
                .acting();
        Engine engine = new Engine(look, new Outlet() {
            @Override
            public void pass(String passed) {
                // counted by the engine
            }

            @Override
            public void found(Rule rule, Action action, String value) {
                // counted by the engine
            }
        });
        for (String delta : Splits.of(text, List.of(length))) {
            engine.accept(delta);
            held.add(engine.held());
        }

        assertThat(held).allMatch(it -> it <= Engine.MOST_HELD);
    }

    @Property(tries = 300)
    void passes_everything_on_in_report_mode(
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> lengths) {
        Map<String, String> settings = Redacted.all("label");
        Redacted reported = new Redacted(settings, Mode.REPORT, "room", "").run(Splits.of(text, lengths));

        assertThat(reported.text).hasToString(text);
        assertThat(reported.verdicts).isEqualTo(run(settings, List.of(text)).verdicts);
    }

    @Property(tries = 300)
    void drops_nothing_but_what_it_names(@ForAll("texts") String text) {
        Map<String, String> settings = Redacted.all("off");
        settings.put("recognisers", "digits = \\d+");

        assertThat(run(settings, List.of(text)).text).hasToString(text.replaceAll("[0-9]{256,}|[0-9]+", "[digits]"));
    }
}
