package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.audit.AuditInterceptor;
import dev.weir.audit.TestTrail;
import dev.weir.event.Event;
import dev.weir.event.Usage;
import dev.weir.pipeline.redact.Redaction;
import dev.weir.pipeline.safety.Judge.Judgement;
import dev.weir.pipeline.safety.JudgeInterceptor;
import dev.weir.pipeline.safety.SafetyLists;
import dev.weir.pipeline.translate.Translate;
import dev.weir.pipeline.translate.Translator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;

/**
 * All interceptors that there are, together, in every order that may be chosen: metering, length, lists, judge, redaction,
 * translation, audit. What is shown only ever grows (but for what a judge takes back), so a text that ends the same for
 * every split has shown nothing on its way that it does not end with.
 */
class PermittedOrdersTest {

    private static final String TERM = "murkwort";

    /** What only the judge knows. */
    private static final String BAD = "perfidy";

    /** Entities, near-misses and boundaries; marks that combine, pairs of surrogates and halves of them, right-to-left. */
    private static final List<String> PIECES = List.of(
            "4111 1111 1111 1111",
            "ghp_0123456789abcdefghijABCDEFGHIJ012345",
            "DE89370400440532013000",
            "123-45-6789",
            "ada@example.org",
            TERM,
            "murk",
            "wort",
            "M\u00fbrk-wort",
            "mu\u0301\u0327rkwort",
            "\u202emurkwort",
            BAD,
            "perf",
            "idy",
            "4111 1111 1111 1112",
            "ORD-12345678",
            "ghp_",
            "ada@",
            "+44 20 7946 0958",
            "the river ",
            "It ends here. ",
            "`code` ",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "\ud83d\udc69\u200d\ud83d\udd2c",
            "e\u0301",
            "\u200b",
            "שלום ",
            "مرحبا. ",
            "นี่คือ",
            "。",
            " ",
            ". ",
            "\n\n");

    private final TestTrail audit = new TestTrail();

    /** By the id of a branch, everything that was ever shown of it. */
    private final Map<String, String> shown = new HashMap<>();

    private final List<StreamInterceptor> interceptors = List.of(
            new UsageMeter(),
            new LengthGuard(),
            new SafetyLists(),
            new JudgeInterceptor((by, spent) -> PermittedOrdersTest::judged),
            new Redaction(() -> new byte[32]),
            new Translate((room, author) -> List.of("fr", "de"), PermittedOrdersTest::translated),
            new AuditInterceptor(audit.trail()));

    private static CompletableFuture<Judgement> judged(String context, String text) {
        return CompletableFuture.completedFuture(
                (context + text).contains(BAD) ? new Judgement("treason", 1) : Judgement.HARMLESS);
    }

    private static Translator.Call translated(Translator.Request request, Translator.Listener listener) {
        listener.translated(request.language() + ":" + request.text());
        return new Translator.Call() {
            @Override
            public void cancel() {
                // it is there already
            }

            @Override
            public Usage usage() {
                return new Usage(1, 1, 1, false);
            }
        };
    }

    /** In which order they stand, and what they do. */
    record Setup(List<String> order, String show, String token, int most) {

        Map<String, String> settings() {
            Map<String, String> settings = new HashMap<>();
            settings.put("length.max-characters", Integer.toString(most));
            settings.put("safety.terms", "violence: " + TERM);
            settings.put("judge.model", "m");
            settings.put("judge.window", "30");
            settings.put("judge.show", show);
            settings.put("redact.email", "label");
            settings.put("redact.token", token);
            settings.put("translate.model", "m");
            return settings;
        }
    }

    @Provide
    Arbitrary<Setup> setups() {
        return Combinators.combine(
                        Arbitraries.shuffle("length", "safety", "judge", "redact"),
                        Arbitraries.shuffle("translate", "audit"),
                        Arbitraries.of("hold", "retract"),
                        Arbitraries.of("label", "block"),
                        Arbitraries.integers().between(20, 400))
                .as((middle, log, show, token, most) -> {
                    List<String> order = new ArrayList<>(List.of("meter"));
                    order.addAll(middle);
                    order.addAll(log);
                    return new Setup(order, show, token, most);
                });
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(14).map(it -> String.join("", it));
    }

    /** A branch that remembers what was taken back. */
    private static final class Tried extends FakeBranch {
        private final String id;
        private final StringBuilder everything = new StringBuilder();

        Tried(String id) {
            this.id = id;
        }

        @Override
        public String branch() {
            return id;
        }

        @Override
        public void delta(String delta) {
            super.delta(delta);
            if (!sealed()) {
                everything.append(delta);
            }
        }

        /**
         * The translation as it is read, with the places at which its parts end. A part stays in the original when a guard lets
         * nothing of its translation through, or has ended the answer while it was on its way: then what comes before counts.
         */
        String read(String language) {
            StringBuilder read = new StringBuilder();
            int at = 0;
            for (Event.Variant it : variants) {
                if (it.language().equals(language)) {
                    assertThat(it.from()).as("no gap").isEqualTo(at);
                    if (it.original() && sealed()) {
                        break;
                    }
                    at = it.to();
                    read.append(it.original() ? "=" : it.text())
                            .append('|')
                            .append(at)
                            .append('\n');
                }
            }
            assertThat(at).isLessThanOrEqualTo(text.length());
            assertThat(ends == 0 || sealed() || at == text.length())
                    .as("all of a text that has ended is translated, unless a guard came before")
                    .isTrue();
            return read.toString();
        }
    }

    private Tried run(Setup setup, List<String> deltas) {
        Map<String, String> settings = setup.settings();
        List<StreamInterceptor> ordered = Order.wanted(interceptors, setup.order());
        assertThat(ordered).extracting(StreamInterceptor::name).isEqualTo(setup.order());
        Pipeline pipeline = new Pipeline(
                ordered,
                key -> Optional.ofNullable(settings.get(key.replace("weir.interceptors.", ""))),
                Policies.NONE);
        Tried branch = new Tried("b" + shown.size());
        branch.run(pipeline.open(branch, branch), deltas);
        shown.put(branch.id, branch.everything.toString());
        return branch;
    }

    @Property(tries = 500)
    void what_is_shown_and_decided_is_the_same_for_every_split(
            @ForAll("setups") Setup setup,
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 12) Integer> lengths) {
        Tried whole = run(setup, List.of(text));
        holds(whole, text);
        for (List<Integer> cuts : List.of(lengths, List.of(1))) {
            Tried cut = run(setup, Splits.of(text, cuts));

            holds(cut, text);
            assertThat(cut.blocks.stream().findFirst())
                    .as("the first decision counts")
                    .isEqualTo(whole.blocks.stream().findFirst());
            if (cut.blocks.isEmpty() || setup.show().equals("hold")) {
                assertThat(cut.text).hasToString(whole.text.toString());
                for (String language : List.of("fr", "de")) {
                    assertThat(sameReading(cut, whole, language)).as(language).isTrue();
                }
                assertThat(cut.ends).isEqualTo(whole.ends);
            }
        }
    }

    @Example
    void a_guard_may_find_in_a_translation_what_had_no_beginning_before_something_was_redacted() {
        for (String show : List.of("hold", "retract")) {
            what_is_shown_and_decided_is_the_same_for_every_split(
                    new Setup(
                            List.of("meter", "safety", "length", "redact", "judge", "audit", "translate"),
                            show,
                            "label",
                            20),
                    "123-45-6789\u202emurkwort",
                    List.of(1));
        }
    }

    /** The same translation; where a guard has ended it, one of them may have come less far. */
    private static boolean sameReading(Tried one, Tried other, String language) {
        String first = one.read(language);
        String second = other.read(language);
        return one.sealed() ? first.startsWith(second) || second.startsWith(first) : first.equals(second);
    }

    /** That each stays linear its own test counts; here they are together. */
    @Example
    void together_they_bear_the_worst_texts() {
        Setup setup = new Setup(
                List.of("meter", "redact", "judge", "safety", "length", "translate", "audit"),
                "hold",
                "label",
                100_000_000);
        for (String text : List.of(
                "x".repeat(1 << 20),
                "漢字".repeat(1 << 14),
                "4111 1111 ".repeat(1 << 12),
                "-----BEGIN PRIVATE ".repeat(1 << 12),
                "murk-".repeat(1 << 13),
                "e\u0301\u0327".repeat(1 << 13),
                "\u0001\u001b\u0007 ".repeat(1 << 13),
                "\ud83d\ude00".repeat(1 << 13),
                "\u202e\u200f".repeat(1 << 13))) {
            Tried whole = run(setup, List.of(text));
            Tried cut = run(setup, Splits.of(text, List.of(text.length() > 1 << 18 ? 4 : 1)));

            holds(cut, text);
            assertThat(cut.text.toString().equals(whole.text.toString()))
                    .as(text.substring(0, 8))
                    .isTrue();
            assertThat(cut.blocks).isEqualTo(whole.blocks);
        }
    }

    /** What holds whatever the split. */
    private static void holds(Tried branch, String text) {
        assertThat(branch.text.toString()).doesNotContain(BAD, " " + TERM + " ");
        assertThat(branch.verdicts.stream()
                        .filter(it -> it.contains(" blocked ") && !it.contains(" blocked translate: ")))
                .as("one guard ends it; a judge may take back what was shown before")
                .hasSizeLessThanOrEqualTo(1 + branch.withdrawals.size())
                .hasSize(branch.blocks.size());
        if (branch.blocks.isEmpty()) {
            assertThat(branch.ends).isEqualTo(1);
            assertThat(branch.afterBlock).isEmpty();
            long tokens = Tokens.count(text);
            assertThat(branch.tokens.getLast())
                    .as("without any space for long a word is counted in pieces")
                    .isBetween(tokens, tokens + text.length() / 500);
        }
    }

    /** With half a character at its end, or without: of what was ended there it was not shown yet. */
    private static Set<String> asRecorded(String text) {
        boolean half = !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
        Set<String> texts = new HashSet<>(Set.of(TestTrail.asRecorded(text)));
        if (half) {
            texts.add(TestTrail.asRecorded(text.substring(0, text.length() - 1)));
        }
        return texts;
    }

    @AfterProperty
    void what_was_ever_shown_is_in_the_audit_and_nothing_else() {
        Map<String, String> recorded = audit.textsByBranch();
        Set<String> branches = new HashSet<>(shown.keySet());
        branches.addAll(recorded.keySet());
        for (String branch : branches) {
            assertThat(recorded.getOrDefault(branch, "")).as(branch).isIn(asRecorded(shown.getOrDefault(branch, "")));
        }
        audit.close();
    }
}
