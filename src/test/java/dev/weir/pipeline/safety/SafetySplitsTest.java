package dev.weir.pipeline.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.Splits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever the text, and however it is cut: the same decision, the same text let through, nothing of a term shown. */
class SafetySplitsTest {

    private static final String TERMS = """
            bad: kill the king
            bad: kill
            bad: king kong*
            bad: *zilla
            bad: 爆弾
            bad: قنبلة
            bad: tilt
            noted: queen
            """;
    private static final String PATTERNS = """
            bad: \\bx\\d+y\\b
            bad: ab(?:ab)+c
            noted: \\bq.{2,9}k\\b
            """;
    private static final String ALLOW = "kill the process now\nhow to kill\nmozilla firefox";

    /** What texts are made of: terms, halves of them, near-misses, disguises, marks, pairs, right-to-left. */
    private static final List<String> PIECES = List.of(
            "kill",
            "the king",
            " the",
            " process",
            " now",
            "how to ",
            "king kong",
            "kon",
            "g",
            "zilla",
            "mo",
            " firefox",
            "queen",
            "tilt",
            "ki11",
            "k i l l ",
            "t.i.l.t",
            "K\u0131LL",
            "Кill",
            "k\u200bill",
            "ki\u0301ll",
            "ｋｉｌｌ",
            "𝐤𝐢𝐥𝐥",
            "爆",
            "弾",
            "قنبلة",
            "قُنْبُ",
            "لة",
            "\u202e",
            "\u200f",
            "\u0301",
            "\ud83d\ude00",
            "\ud83d",
            "\ude00",
            "x12",
            "y",
            "x",
            "7",
            "abab",
            "c",
            "ab",
            "q",
            "k",
            " ",
            "-",
            "\n",
            "...",
            "'s",
            "\u0000",
            "é",
            "e\u0301",
            "\u200d",
            "\u200b\u200b\u200b",
            "ill",
            "l");

    private static final SafetyLists LISTS = new SafetyLists();

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(PIECES).list().ofMaxSize(14).map(it -> String.join("", it));
    }

    private static Rig rig() {
        return new Rig(LISTS)
                .set("built-in", "false")
                .set("terms", TERMS)
                .set("patterns", PATTERNS)
                .set("allow", ALLOW)
                .set("noted", "report");
    }

    @Property(tries = 2000)
    void decides_and_shows_the_same_however_the_text_is_cut(
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 7) Integer> cuts) {
        Rig whole = rig().open();
        if (!text.isEmpty()) {
            whole.say(text);
        }
        whole.finish();
        Rig cut = rig().open().say(Splits.of(text, cuts)).finish();
        Rig single = rig().open().say(Splits.single(text)).finish();

        for (Rig it : List.of(cut, single)) {
            assertThat(it.rule).isEqualTo(whole.rule);
            assertThat(it.text).hasToString(whole.text.toString());
            assertThat(it.verdicts).isEqualTo(whole.verdicts);
            assertThat(it.shown).allMatch(whole.text.toString()::startsWith);
        }
        assertThat(text).startsWith(whole.text.toString());
        assertThat(whole.text.length() == text.length()).isEqualTo(whole.rule.isEmpty());
        assertThat(whole.ended).isEqualTo(whole.rule.isEmpty());
    }

    @Property(tries = 1000)
    void shows_nothing_that_any_other_ending_would_have_blocked(@ForAll("texts") String text) {
        Rig so_far = rig().open().say(Splits.single(text));
        if (so_far.blocked()) {
            return;
        }
        for (String ending :
                List.of(" ", "ill", "l", "l ", "g ", "ing kong", " the king", "zilla ", "弾", "لة ", "y ", "c")) {
            Rig other = rig().open().say(text + ending).finish();
            assertThat(other.text.toString()).startsWith(so_far.text.toString());
        }
    }

    @Property(tries = 2000)
    void agrees_with_a_plain_search_on_plain_text(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 7) Integer> picks) {
        List<String> words = List.of("kill", "the", "king", "kong", "process", "now", "how", "to");
        List<String> text = new ArrayList<>();
        picks.forEach(it -> text.add(words.get(it)));
        String plain = " " + String.join(" ", text) + " ";

        Rig rig = rig().open().say(plain).finish();

        assertThat(rig.rule.isEmpty()).isEqualTo(firstTerm(plain).isEmpty());
    }

    /** The first place of a term that no phrase holds, by looking at all places one by one. */
    private static Optional<Integer> firstTerm(String text) {
        for (int at = 0; at < text.length(); at++) {
            for (String term : List.of(" kill the king ", " kill ", " king kong")) {
                if (text.startsWith(term, at)
                        && !excused(text, at + 1, at + term.strip().length() + 1)) {
                    return Optional.of(at);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean excused(String text, int from, int to) {
        for (String phrase : List.of("kill the process now", "how to kill")) {
            for (int at = text.indexOf(" " + phrase + " "); at >= 0; at = text.indexOf(" " + phrase + " ", at + 1)) {
                if (at + 1 <= from && at + 1 + phrase.length() >= to) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void holds_only_what_can_still_become_a_term() {
        Rig rig = rig().open();

        assertThat(rig.say("The ").text).hasToString("The ");
        assertThat(rig.say("k").text).hasToString("The ");
        assertThat(rig.say("ing").text).hasToString("The ");
        assertThat(rig.say("dom ").text).hasToString("The kingdom ");
        assertThat(rig.say("must ki").text).hasToString("The kingdom must ");
        assertThat(rig.say("ll the proc").text).hasToString("The kingdom must ");
        assertThat(rig.say("ess now.").text).hasToString("The kingdom must kill the process now.");
        assertThat(rig.say(" zill").finish().text).endsWith("now. zill");
    }

    @Test
    void holds_little_of_english_prose() {
        String prose = """
                A weir is a low dam built across a river to control its flow, and how it does so depends on its shape. \
                Water piles up behind the crest, spills over it in a smooth sheet, and calms down in the pool below. \
                The people who kept a mill would ignore the spring floods at their peril; all the others could go to sleep. \
                Just how to build one is a question of the ground, of the width of the stream, and of what you want to do.
                """;
        Rig rig = new Rig(new SafetyLists()).open();
        List<Integer> held = new ArrayList<>();
        int given = 0;
        for (String delta : Splits.single(prose.repeat(20))) {
            rig.say(delta);
            held.add(++given - rig.text.length());
        }
        rig.finish();

        held.sort(null);
        assertThat(held.get(held.size() / 2)).isLessThanOrEqualTo(4);
        assertThat(held.get(held.size() * 99 / 100)).isLessThanOrEqualTo(40);
        assertThat(rig.text).hasToString(prose.repeat(20));
    }

    @Test
    void takes_a_mebibyte_without_a_boundary() {
        for (String piece : List.of("x", "how", "\u200b", "\u0301a")) {
            String text = piece.repeat((1 << 20) / piece.length());
            Rig rig = new Rig(LISTS).set(Rules.HIDDEN, "report").open();

            assertThat(rig.say(text).finish().text.length()).isEqualTo(text.length());
        }
    }

    @Test
    void takes_the_worst_texts_in_linear_time() {
        Rules rules = new Rules(
                Map.of("bad", Action.BLOCK, "noted", Action.REPORT),
                Action.BLOCK,
                List.of(
                        new Entry(Entry.Kind.TERM, "bad", "a".repeat(150) + "b"),
                        new Entry(Entry.Kind.TERM, "noted", "*aaa*"),
                        new Entry(Entry.Kind.ALLOW, "", "*" + "a".repeat(100) + "c"),
                        new Entry(Entry.Kind.PATTERN, "noted", "(?:a|aa)+(?:a|aa)+b"),
                        new Entry(Entry.Kind.PATTERN, "bad", "a.{0,60}a.{0,60}z")));
        for (String piece : List.of("a", "aaab", "k", " ", "1", "\u0301", "\u200b", "ａ", "\ud83d\ude00", "\n\t-")) {
            long half = work(rules, piece, 1 << 14);
            long all = work(rules, piece, 1 << 15);

            assertThat(all).as(piece).isLessThanOrEqualTo(2 * half + 10_000);
            assertThat(all)
                    .as(piece)
                    .isLessThan((1L << 15)
                            * (rules.blocking().size() + rules.reporting().size() + 500));
        }
    }

    private static long work(Rules rules, String piece, int length) {
        Scan scan = new Scan(rules, 0);
        scan.take(piece.repeat(length / piece.length()));
        scan.end();
        return scan.work();
    }
}
