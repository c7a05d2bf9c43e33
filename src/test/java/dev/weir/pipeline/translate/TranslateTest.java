package dev.weir.pipeline.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Variants.Part;
import dev.weir.pipeline.Mode;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.StreamInterceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // a line each says where it is cut
class TranslateTest {

    private static final Map<String, String> ON = Map.of("model", "m");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void passes_the_original_on_at_once() {
        Desktop desk = new Desktop(ON, List.of("fr"));
        desk.say("Hel");
        assertThat(desk.text).hasToString("Hel");
        desk.say("lo. Wo");
        assertThat(desk.text).hasToString("Hello. Wo");
        assertThat(desk.sent()).containsExactly("Hello.");
    }

    @Test
    void writes_translations_in_order_whatever_the_order_in_which_they_come() {
        Desktop desk = new Desktop(Map.of("model", "m", "at-once", "10"), List.of("fr", "de"));
        desk.say("One. Two. Three. Four");
        assertThat(desk.asked).hasSize(6);
        List<Desktop.Asked> backwards = new ArrayList<>(desk.asked);
        Collections.reverse(backwards);
        backwards.subList(0, 4).forEach(Desktop.Asked::answer);
        assertThat(desk.variants).isEmpty();
        backwards.subList(4, 6).forEach(Desktop.Asked::answer);
        assertThat(desk.shown("fr")).isEqualTo("fr:One. fr:Two. fr:Three.");
        assertThat(desk.shown("de")).isEqualTo("de:One. de:Two. de:Three.");
    }

    @Test
    void asks_for_so_many_at_once_and_no_more() {
        Desktop desk = new Desktop(ON, List.of("fr", "de"));
        desk.say("One. Two. Three. Four. Five. Six");
        assertThat(desk.asked).hasSize(3);
        desk.asked.getFirst().answer();
        assertThat(desk.asked).hasSize(4);
        while (desk.open() > 0) {
            desk.asked.forEach(Desktop.Asked::answer);
        }
        assertThat(desk.asked).hasSize(10);
        assertThat(desk.mostOpen()).isEqualTo(3);
    }

    @Test
    void tells_the_translator_what_came_before() {
        Desktop desk = new Desktop(Map.of("model", "m", "at-once", "1"), List.of("fr"));
        desk.say("One. Two. Three. Four. Five. Six");
        for (int i = 0; i < 4; i++) {
            desk.asked.get(i).answer("T" + i);
        }
        assertThat(desk.asked.getFirst().request.before()).isEmpty();
        assertThat(desk.asked.getLast().request.before())
                .containsExactly(
                        new Translator.Sentence("Two.", Optional.of("T1")),
                        new Translator.Sentence("Three.", Optional.of("T2")),
                        new Translator.Sentence("Four.", Optional.of("T3")));
    }

    @Test
    void tells_the_translator_the_terms_that_occur() {
        Desktop desk = new Desktop(
                Map.of("model", "m", "glossary", "Weir = Wehr\nfr: weir=barrage\n# dam=x\nlog = Log\nnonsense"),
                List.of("fr", "de"));
        desk.say("A weir is old. Then");
        assertThat(desk.asked.get(0).request.glossary())
                .containsExactly(new Translator.Term("Weir", "Wehr"), new Translator.Term("weir", "barrage"));
        assertThat(desk.asked.get(1).request.glossary()).containsExactly(new Translator.Term("Weir", "Wehr"));
    }

    @Test
    void leaves_code_and_structure_alone() {
        Desktop desk = new Desktop(Map.of("model", "m", "at-once", "99"), List.of("fr"));
        desk.say("# Title\n\n- Call `a.b()`. See [here](https://x.example/y).\n\n"
                + "```java\nint a; // No. Never.\n```\n| A | b |\n");
        finishWhileAnswering(desk);
        assertThat(desk.sent()).containsExactly("Title", "Call ⟦1⟧.", "See ⟦1⟧here⟦2⟧.", "A", "b");
        assertThat(desk.shown("fr"))
                .isEqualTo("# fr:Title\n\n- fr:Call `a.b()`. fr:See [here](https://x.example/y).\n\n"
                        + "```java\nint a; // No. Never.\n```\n| fr:A | fr:b |\n");
    }

    @Test
    void a_sentence_that_fails_stays_in_the_original_and_is_marked() {
        Desktop desk = new Desktop(ON, List.of("fr"));
        desk.say("One. Use `x`. Three. Fo");
        desk.asked.get(0).fail();
        desk.asked.get(1).answer("Sans marque.");
        desk.asked.get(2).answer();
        assertThat(desk.shown("fr")).isEqualTo("{One.}{ Use `x`.} fr:Three.");
        assertThat(desk.folded().byLanguage().get("fr"))
                .containsExactly(new Part(0, 13, "", true), new Part(13, 20, " fr:Three.", false));
    }

    @Test
    void a_sentence_that_lags_stays_in_the_original_and_its_call_is_closed() {
        Desktop desk = new Desktop(ON, List.of("fr"));
        desk.say("One. Two. Th");
        desk.asked.get(1).answer();
        assertThat(desk.variants).isEmpty();
        desk.pass(PATIENCE);
        assertThat(desk.shown("fr")).isEqualTo("{One.} fr:Two.");
        assertThat(desk.asked.get(0).cancelled).isTrue();
        desk.asked.get(0).answer();
        assertThat(desk.of("fr")).hasSize(2);
    }

    @Test
    void what_waited_too_long_is_given_up() {
        Desktop desk = new Desktop(Map.of("model", "m", "at-once", "1", "patience", "2"), List.of("fr"));
        desk.say("One. Two. Three. Fo");
        desk.pass(Duration.ofSeconds(2));
        assertThat(desk.shown("fr")).isEqualTo("{One.}{ Two.}{ Three.}");
        desk.say("ur. Five");
        assertThat(desk.sent()).endsWith("Four.");
        assertThat(desk.open()).isEqualTo(1);
    }

    @Test
    void the_end_waits_for_what_is_under_way() {
        Desktop desk = new Desktop(ON, List.of("fr", "de"));
        desk.say("One. Two");
        finishWhileAnswering(desk);
        assertThat(desk.shown("fr")).isEqualTo("fr:One. fr:Two");
        assertThat(desk.shown("de")).isEqualTo("de:One. de:Two");
        assertThat(desk.ends).isEqualTo(1);
        assertThat(desk.alarmsSet()).isZero();
    }

    @Test
    void the_end_waits_no_longer_than_the_patience() {
        Desktop desk = new Desktop(ON, List.of("fr"));
        desk.say("One. Two");
        Thread ending = Thread.startVirtualThread(desk::finish);
        await().until(() -> desk.asked.size() == 2);
        desk.pass(PATIENCE);
        await().until(() -> !ending.isAlive());
        assertThat(desk.shown("fr")).isEqualTo("{One.}{ Two}");
        assertThat(desk.open()).isZero();
    }

    @Test
    void a_stop_closes_what_is_open_and_asks_nothing_more() {
        Desktop desk = new Desktop(ON, List.of("fr"));
        desk.say("One. Two. Three. Four. Five");
        desk.asked.get(0).answer();
        desk.stop();
        assertThat(desk.open()).isZero();
        desk.finish();
        assertThat(desk.shown("fr")).isEqualTo("fr:One.{ Two.}{ Three.}{ Four.}{ Five}");
        assertThat(desk.asked).hasSize(4);
        assertThat(desk.spent.get()).isEqualTo(4 * 7);
        assertThat(desk.alarmsSet()).isZero();
    }

    @Test
    void a_stop_ends_the_wait_at_the_end() {
        Desktop desk = new Desktop(ON, List.of("fr"));
        desk.say("One. Two");
        Thread ending = Thread.startVirtualThread(desk::finish);
        await().until(() -> desk.asked.size() == 2);
        desk.stop();
        await().until(() -> !ending.isAlive());
        assertThat(desk.shown("fr")).isEqualTo("{One.}{ Two}");
        assertThat(desk.open()).isZero();
    }

    @Test
    void what_is_in_the_language_already_stands_as_it_is() {
        Desktop desk = new Desktop(ON, List.of("fr"));
        desk.say("Un. Deux");
        desk.asked.getFirst().answer("Un.");
        assertThat(desk.variants).containsExactly(new Event.Variant("t", "b", "fr", 0, 3, "", false));
    }

    @Test
    void a_continued_answer_is_translated_from_its_beginning() {
        Desktop desk = new Desktop(ON, List.of("fr"), "One. It is bu");
        desk.say("ilt. Three");
        finishWhileAnswering(desk);
        assertThat(desk.shown("fr")).isEqualTo("fr:One. fr:It is built. fr:Three");
    }

    @Test
    void guards_see_each_translation_with_what_stands_before_it_in_order() {
        Desktop desk = new Desktop(Map.of("model", "m", "at-once", "9"), List.of("fr"));
        desk.say("One. Two. `x.y()` Three. Fo");
        desk.asked.get(1).answer("Deux.");
        assertThat(desk.guarded).isEmpty();
        desk.asked.get(0).fail();
        desk.asked.get(2).answer("⟦1⟧ Trois.");
        assertThat(desk.guarded).containsExactly("One.|| Deux.", "One. Deux.|| `x.y()` Trois.");
        assertThat(desk.shown("fr")).isEqualTo("{One.} Deux. `x.y()` Trois.");
    }

    @Test
    void what_a_guard_changes_is_shown_as_changed_and_what_it_blocks_stays_in_the_original() {
        Desktop desk = new Desktop(ON, List.of("fr"));
        desk.receiving = it -> it.contains("BAD") ? "" : it.replace("secret", "[gone]");
        desk.say("One. Two. Three. Fo");
        desk.asked.get(0).answer("Un secret.");
        desk.asked.get(1).answer("BAD.");
        desk.asked.get(2).answer("Trois.");
        assertThat(desk.shown("fr")).isEqualTo("Un [gone].{ Two.} Trois.");
    }

    @Test
    void what_guards_keep_back_is_not_sent_and_neither_is_what_came_before() {
        Desktop desk = new Desktop(Map.of("model", "m", "at-once", "1"), List.of("fr"));
        desk.sending = it -> it.contains("BAD") ? "" : it.replace("ada@example.com", "[email]");
        desk.say("Ask ada@example.com now. BAD! Three. Fo");
        desk.asked.get(0).answer("Demandez à [email] maintenant.");
        assertThat(desk.sent()).containsExactly("Ask [email] now.", "Three.");
        assertThat(desk.guarded).containsExactly("|Ask ada@example.com now.|Demandez à [email] maintenant.");
        assertThat(desk.asked).noneMatch(it -> it.request.toString().contains("ada@"));
        assertThat(desk.shown("fr")).isEqualTo("Demandez à [email] maintenant.{ BAD!}");
    }

    @Test
    void a_person_s_message_is_translated_as_a_whole_that_may_be_sent() {
        Member ada = Member.person("ada", "Ada");
        Desktop desk = Desktop.of(ada, ON, List.of("fr", "de"));
        desk.say("One. Two");
        assertThat(desk.asked).isEmpty();
        finishWhileAnswering(desk);
        assertThat(desk.shown("fr")).isEqualTo("fr:One. fr:Two");
        assertThat(desk.shown("de")).isEqualTo("de:One. de:Two");
        assertThat(desk.text).hasToString("One. Two");

        Desktop kept = Desktop.of(ada, ON, List.of("fr"));
        kept.sending = it -> it.contains("BAD") ? "" : it;
        kept.say("One. BAD. Three");
        kept.finish();
        assertThat(kept.asked).isEmpty();
        assertThat(kept.shown("fr")).isEqualTo("{One. BAD. Three}");
        assertThat(kept.ends).isEqualTo(1);
    }

    @Test
    void the_patience_for_a_message_begins_with_each_sentence() {
        Desktop desk = Desktop.of(Member.person("ada", "Ada"), Map.of("model", "m", "at-once", "1"), List.of("fr"));
        desk.say("One. Two. Three");
        Thread ending = Thread.startVirtualThread(desk::finish);
        await().until(() -> desk.asked.size() == 1);
        desk.pass(PATIENCE);
        await().until(() -> desk.asked.size() == 2);
        desk.asked.get(1).answer();
        await().until(() -> desk.asked.size() == 3);
        desk.asked.get(2).answer();
        await().until(() -> !ending.isAlive());
        assertThat(desk.shown("fr")).isEqualTo("{One.} fr:Two. fr:Three");
    }

    @Test
    void translates_only_when_somebody_wants_it() {
        for (Desktop desk : List.of(
                new Desktop(ON, List.of()),
                new Desktop(ON, List.of("fr"), "", Mode.REPORT, false),
                new Desktop(ON, List.of("fr"), "", Mode.ENFORCE, true))) {
            desk.say("One. Two");
            desk.finish();
            assertThat(desk.asked).isEmpty();
            assertThat(desk.variants).isEmpty();
            assertThat(desk.text).hasToString("One. Two");
            assertThat(desk.ends).isEqualTo(1);
        }
    }

    @Test
    void is_neither_declared_nor_run_without_a_model() {
        Desktop unused = new Desktop(ON, List.of());
        List<StreamInterceptor> interceptors = List.of(new Translate(unused, unused, unused));
        assertThat(new Pipeline(interceptors, key -> Optional.empty()).declared())
                .isEmpty();
        assertThat(new Pipeline(interceptors, key -> Optional.of("fast")).declared())
                .hasSize(1);
    }

    @Provide
    Arbitrary<List<String>> sentences() {
        return Arbitraries.of(
                        "One.",
                        "Is `b. C` two?",
                        "- Three!\n",
                        "\n\n",
                        "```\nNo. Code.\n```\n",
                        "سلام؟",
                        "| x. Y | z |\n",
                        "e.g. ")
                .list()
                .ofMaxSize(25);
    }

    @Property(tries = 150)
    void in_every_order_the_parts_are_the_text(@ForAll("sentences") List<String> sentences, @ForAll long seed) {
        Random random = new Random(seed);
        List<String> languages = List.of("fr", "ar", "de");
        String atOnce = Integer.toString(1 + random.nextInt(5));
        Desktop desk = new Desktop(Map.of("model", "m", "at-once", atOnce), languages);
        for (String sentence : sentences) {
            desk.say(sentence + (sentence.endsWith("\n") ? "" : " "));
            answerSome(desk, random);
        }
        Thread ending = Thread.startVirtualThread(desk::finish);
        while (ending.isAlive()) {
            answerSome(desk, random);
            Thread.onSpinWait();
        }
        String whole = desk.text.toString();
        long worded = CutterTest.pieces(whole).stream()
                .filter(it -> Masked.of(it.prose()).hasWords())
                .count();
        for (String language : languages) {
            assertThat(desk.shown(language).replace(language + ":", "").replaceAll("[{}]", ""))
                    .isEqualToNormalizingWhitespace(whole);
            assertThat(desk.asked.stream().filter(it -> it.request.language().equals(language)))
                    .hasSize((int) worded);
        }
    }

    private static void answerSome(Desktop desk, Random random) {
        List<Desktop.Asked> open = new ArrayList<>(desk.asked);
        Collections.shuffle(open, random);
        for (Desktop.Asked call : open) {
            int what = random.nextInt(4);
            if (what == 0) {
                call.fail();
            } else if (what < 3) {
                call.answer();
            }
        }
    }

    private static void finishWhileAnswering(Desktop desk) {
        Thread ending = Thread.startVirtualThread(desk::finish);
        while (ending.isAlive()) {
            desk.asked.forEach(Desktop.Asked::answer);
            Thread.onSpinWait();
        }
    }
}
