package dev.weir.pipeline.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.event.Event.Declared;
import dev.weir.event.Event.ToolCall;
import dev.weir.pipeline.InterceptorFailure;
import dev.weir.pipeline.Splits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

    private static final String TWENTY = "Twenty characters... ";

    private final ScriptedJudge judge = new ScriptedJudge();

    private static Rig rig(ScriptedJudge judge) {
        return new Rig(new JudgeInterceptor(judge)).set("model", "m").set("window", "20");
    }

    private Rig hold() {
        return rig(judge).open();
    }

    private Rig retract() {
        return rig(judge).set("show", "retract").open();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(10)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "A sentence. ",
                        "Another one! ",
                        "word ",
                        "long-word-without-end",
                        "BAD",
                        "\n",
                        "爆弾。",
                        "\ud83d\ude00",
                        "e\u0301",
                        "قنبلة ",
                        ". ",
                        " ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(it -> String.join("", it));
    }

    /** The windows of a text. */
    static List<String> windows(String text, List<String> deltas, int most) {
        List<String> windows = new ArrayList<>();
        Windows cutter = new Windows(most);
        int[] from = {0};
        deltas.forEach(delta -> cutter.add(delta, end -> {
            windows.add(text.substring(from[0], (int) end));
            from[0] = (int) end;
        }));
        if (from[0] < text.length()) {
            windows.add(text.substring(from[0]));
        }
        return windows;
    }

    @Property(tries = 1000)
    void cuts_windows_at_the_same_places_however_the_text_comes(
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> cuts,
            @ForAll @IntRange(min = 2, max = 40) int most) {
        List<String> windows = windows(text, List.of(text), most);

        assertThat(windows(text, Splits.of(text, cuts), most)).isEqualTo(windows);
        assertThat(String.join("", windows)).isEqualTo(text);
        assertThat(windows).allSatisfy(it -> {
            assertThat(it.length()).isBetween(1, most + 1);
            assertThat(Character.isLowSurrogate(it.charAt(0))).isFalse();
        });
    }

    @Property(tries = 300)
    void holding_never_shows_unjudged_text_for_any_cuts_and_any_order_of_replies(
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> cuts,
            @ForAll long seed) {
        ScriptedJudge judge = new ScriptedJudge();
        Rig rig = rig(judge).open();
        rig.onDelta = () -> assertThat(judged(judge)).startsWith(rig.text.toString());
        Thread replies = judge.replying(seed);
        rig.say(Splits.of(text, cuts));
        rig.finish();
        replies.interrupt();

        List<String> fine = windows(text, List.of(text), 20).stream()
                .takeWhile(it -> !it.contains("BAD"))
                .toList();
        assertThat(rig.text).hasToString(String.join("", fine));
        assertThat(rig.rule).isEqualTo(rig.text.length() == text.length() ? "" : "hate");
        assertThat(rig.ended).isEqualTo(rig.rule.isEmpty());
    }

    /** What the judge has found harmless, up to the first window that it has not judged, or not so. */
    private static String judged(ScriptedJudge judge) {
        StringBuilder judged = new StringBuilder();
        for (ScriptedJudge.Asked it : judge.asked) {
            if (!it.reply().isDone() || it.text().contains("BAD")) {
                break;
            }
            judged.append(it.text());
        }
        return judged.toString();
    }

    @Property(tries = 300)
    void retracting_shows_all_at_once_and_keeps_what_came_before_the_first_bad_window(
            @ForAll("texts") String text,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 1, max = 9) Integer> cuts,
            @ForAll long seed) {
        ScriptedJudge judge = new ScriptedJudge();
        Rig rig = rig(judge).set("show", "retract").after("Before. ").open();
        for (String delta : Splits.of(text, cuts)) {
            rig.say(delta);
        }
        assertThat(rig.text).hasToString("Before. " + text);
        Thread replies = judge.replying(seed);
        rig.finish();
        replies.interrupt();

        List<String> fine = windows(text, List.of(text), 20).stream()
                .takeWhile(it -> !it.contains("BAD"))
                .toList();
        assertThat(rig.text).hasToString("Before. " + String.join("", fine));
        assertThat(rig.rule.isEmpty())
                .isEqualTo(!text.contains("BAD")
                        || fine.size() == windows(text, List.of(text), 20).size());
        assertThat(rig.withdrawals).hasSize(rig.rule.isEmpty() ? 0 : 1);
    }

    @Test
    void is_not_there_until_a_model_is_named() {
        Rig rig = new Rig(new JudgeInterceptor(judge));
        assertThat(rig.pipeline().declared()).isEmpty();
        assertThat(rig.open().say("BAD").finish().text).hasToString("BAD");
        rig.set("model", " ");
        assertThat(rig.pipeline().declared()).isEmpty();

        rig.set("model", "m");

        assertThat(rig.pipeline().declared()).containsExactly(new Declared("judge", "enforce"));
    }

    @ParameterizedTest
    @CsvSource({
        "model, nobody",
        "way, guess",
        "show, maybe",
        "unjudged, ask",
        "window, 3",
        "limit, soon",
        "threshold, 101"
    })
    void does_not_run_with_a_setting_that_it_does_not_understand(String key, String value) {
        assertThatThrownBy(() -> rig(judge).set(key, value).open()).isInstanceOf(InterceptorFailure.class);
        if (List.of("model", "window", "limit", "threshold").contains(key)) {
            assertThat(new JudgeInterceptor(judge).problem(key, value)).isPresent();
        }
        assertThat(new JudgeInterceptor(judge).problem("window", "400")).isEmpty();
        assertThat(new JudgeInterceptor(judge).problem("model", "m")).isEmpty();
    }

    @Test
    void shows_what_was_judged_while_the_model_says_nothing() {
        Rig rig = hold().say("First sentence. ").say("Second sen");
        assertThat(rig.seen()).isEmpty();

        judge.asked.getFirst().judge();

        soon().until(() -> rig.seen().equals("First sentence. "));
    }

    @Test
    void judges_with_what_was_said_before_as_context() {
        Rig rig = rig(judge).after("Long ago. ").open().say("First sentence. ").say("Second sentence. ");

        assertThat(judge.asked.get(0).context()).isEqualTo("Long ago. ");
        assertThat(judge.asked.get(1).context()).isEqualTo("go. First sentence. ");
        assertThat(rig.seen()).isEqualTo("Long ago. ");
    }

    @Test
    void makes_the_model_wait_when_the_judge_falls_behind() {
        Rig rig = hold();
        Thread model = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 10; i++) {
                rig.say(TWENTY);
            }
            rig.finish();
        });
        soon().until(() -> judge.asked.size() == JudgeStage.PARALLEL);
        soon().until(() -> model.getState() == Thread.State.TIMED_WAITING);
        assertThat(judge.asked).hasSize(JudgeStage.PARALLEL);

        Thread replies = judge.replying(7);

        soon().until(() -> rig.ended);
        replies.interrupt();
        assertThat(rig.seen()).isEqualTo(TWENTY.repeat(10));
    }

    @Test
    void ends_what_the_judge_does_not_judge_in_time() {
        Rig rig = rig(judge).set("limit", "1").open().say(TWENTY);

        soon().until(rig::blocked);

        assertThat(rig.rule).isEqualTo("unjudged");
        assertThat(rig.reason).isEqualTo(Judging.UNJUDGED_MESSAGE);
        assertThat(rig.seen()).isEmpty();
        assertThat(judge.asked.getFirst().reply()).isCompletedExceptionally();
    }

    @Test
    void shows_unjudged_text_only_where_a_setting_says_so() {
        Rig rig = rig(judge).set("unjudged", "release").open().say(TWENTY);
        judge.asked.getFirst().reply().completeExceptionally(new IllegalStateException("no judgement"));

        soon().until(() -> rig.seen().startsWith("Twenty characters..."));
        assertThat(rig.verdicts).containsExactly("passed unjudged");

        Rig strict = hold().say(TWENTY);
        judge.asked.getLast().reply().completeExceptionally(new IllegalStateException("no judgement"));
        soon().until(strict::blocked);
        assertThat(strict.seen()).isEmpty();
    }

    @Test
    void shows_no_unjudged_text_of_an_answer_that_is_stopped() {
        Rig rig = hold().say("First sentence. ").say("Second sentence. ").say("Third");
        judge.asked.getFirst().judge();

        rig.stop();

        assertThat(rig.seen()).isEqualTo("First sentence. ");
        assertThat(rig.ended).isTrue();
        assertThat(judge.asked.get(1).reply()).isCancelled();
    }

    @Test
    void waits_at_the_end_for_what_is_being_judged() {
        Rig rig = hold().say("First sentence. Second one");
        Thread end = Thread.startVirtualThread(rig::finish);
        soon().until(() -> judge.asked.size() == 2);
        assertThat(rig.ended).isFalse();

        judge.asked.forEach(ScriptedJudge.Asked::judge);

        soon().until(() -> rig.ended);
        assertThat(rig.seen()).isEqualTo("First sentence. Second one");
        soon().until(() -> !end.isAlive());
    }

    @Test
    void counts_only_what_the_judge_is_certain_enough_of() {
        Rig rig = rig(ScriptedJudge.prompt())
                .set("threshold", "95")
                .open()
                .say("BAD words here and there. ")
                .finish();

        assertThat(rig.rule).isEmpty();
        assertThat(rig.seen()).startsWith("BAD");
    }

    @Test
    void takes_back_what_was_shown_and_all_after_it() {
        Rig rig = retract().say("Good sentence. ").say("A BAD sentence. ").say("Third sentence");
        assertThat(rig.seen()).endsWith("Third sentence");
        judge.asked.get(1).judge();
        assertThat(rig.rule).isEmpty();

        judge.asked.get(0).judge();

        soon().until(rig::blocked);
        assertThat(rig.withdrawals).containsExactly("15 hate");
        assertThat(rig.seen()).isEqualTo("Good sentence. ");
        assertThat(rig.verdicts).containsExactly("blocked hate");
    }

    @Test
    void judges_what_was_shown_to_the_end_also_when_somebody_stops_it() {
        Rig rig = retract().say("Good sentence. ").say("A BAD sen");
        Thread stop = Thread.startVirtualThread(rig::stop);
        soon().until(() -> judge.asked.size() == 2);

        judge.asked.forEach(ScriptedJudge.Asked::judge);

        soon().until(rig::blocked);
        assertThat(rig.seen()).isEqualTo("Good sentence. ");
        soon().until(() -> !stop.isAlive());
    }

    @Test
    void judges_what_was_shown_to_the_end_also_when_another_guard_ends_it() {
        Rig rig = retract().say("Good sentence. ").say("A BAD sen");
        rig.block("length", "max-characters", "It was cut.");
        Thread end = Thread.startVirtualThread(rig::finish);
        soon().until(() -> judge.asked.size() == 2);

        judge.asked.forEach(ScriptedJudge.Asked::judge);

        soon().until(() -> !end.isAlive());
        assertThat(rig.withdrawals).containsExactly("15 hate");
        assertThat(rig.seen()).isEqualTo("Good sentence. ");
        assertThat(rig.reason).isEqualTo("It was cut.");
    }

    @Test
    void only_reports_in_report_mode() {
        Rig rig = rig(judge).set("mode", "report").open();
        rig.ask("BAD question");
        rig.say("A BAD sentence. ").say("Another BAD one. ");
        assertThat(rig.seen()).endsWith("one. ");

        judge.asked.forEach(ScriptedJudge.Asked::judge);

        soon().until(() -> rig.verdicts.size() == 3);
        rig.finish();
        assertThat(rig.verdicts).containsOnly("blocked hate");
        assertThat(rig.seen()).isEqualTo("A BAD sentence. Another BAD one. ");
        assertThat(rig.ended).isTrue();
    }

    @Test
    void judges_prompts_before_the_model_is_asked() {
        Rig fine = rig(ScriptedJudge.prompt()).open();
        assertThat(fine.chain().promptWaits()).isTrue();
        assertThat(fine.ask("A question.").rule).isEmpty();
        assertThat(rig(ScriptedJudge.prompt()).open().ask("A BAD question.").rule)
                .isEqualTo("hate");
        assertThat(rig(ScriptedJudge.prompt()).open().ask("x".repeat(9000) + "BAD").rule)
                .isEqualTo("hate");
        Rig none = rig(judge).set("prompts", "none").open();
        assertThat(none.chain().promptWaits()).isFalse();
        assertThat(none.ask("A BAD question.").rule).isEmpty();
        assertThat(judge.asked).isEmpty();
    }

    @Test
    void asks_nothing_that_could_not_be_judged() {
        Rig rig = rig(judge).set("limit", "1").open().ask("A question.");

        assertThat(rig.rule).isEqualTo("unjudged");
    }

    @Test
    void judges_what_a_model_asks_its_caller_to_run() {
        Rig rig = rig(ScriptedJudge.prompt()).open();

        assertThat(rig.chain().toolCall(new ToolCall("1", "look", "{}")).arguments())
                .isEqualTo("{}");
        assertThat(rig.rule).isEmpty();
        rig.chain().toolCall(new ToolCall("1", "look", "{\"q\":\"BAD\"}"));

        assertThat(rig.rule).isEqualTo("hate");
    }
}
