package dev.weir.turn;

import static dev.weir.turn.TurnRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.event.Outcome;
import dev.weir.model.Finish;
import dev.weir.model.ScriptedModel;
import dev.weir.pipeline.safety.JudgeInterceptor;
import dev.weir.pipeline.safety.SafetyLists;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Content safety in whole turns, with a chat model as the judge. */
class JudgedTurnsTest {

    private static final Finish DONE = new Finish(Finish.Reason.STOP, Optional.empty());

    private final ScriptedModel checker = ScriptedModel.silent("checker");
    private final ScriptedModel model = ScriptedModel.silent("a");

    private TurnRig rig(String... settings) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            keys.put("weir.interceptors.judge." + settings[i], settings[i + 1]);
        }
        return new TurnRig(
                keys, new SafetyLists(), new JudgeInterceptor(new ModelJudges(new ModelJudgesTest.Catalogue(checker))));
    }

    private void judgement(int number, String said) {
        soon().until(() -> checker.asked() == number);
        checker.listener().delta(said);
        checker.listener().finished(DONE);
    }

    @Test
    void is_declared_only_where_it_runs() {
        try (TurnRig without = rig();
                TurnRig with = rig("model", "checker", "prompts", "none")) {
            without.start(model);
            with.start(model);

            assertThat(without.events("turn-started")
                            .get(0)
                            .path("interceptors")
                            .toString())
                    .contains("safety")
                    .doesNotContain("judge");
            assertThat(with.events("turn-started").get(0).path("interceptors").toString())
                    .contains("{\"name\":\"judge\",\"mode\":\"enforce\"}");
        }
    }

    @Test
    void blocks_a_term_of_a_list_and_closes_the_model() {
        try (TurnRig rig = rig()) {
            String turn = rig.start(model);
            for (String delta : "Well, how to make a bomb is".split("(?<=.)")) {
                model.listener().delta(delta);
            }

            Event.Message kept = rig.endedWhole(turn, Outcome.BLOCKED);

            assertThat(kept.text()).isEqualTo("Well, ");
            assertThat(kept.answer().orElseThrow().reason()).contains("rules for content");
            soon().until(() -> model.cancels() == 1);
        }
    }

    @Test
    void asks_the_model_only_what_was_judged() {
        try (TurnRig rig = rig("model", "checker")) {
            String turn = rig.start(model);
            soon().until(() -> checker.asked() == 1);
            assertThat(model.asked()).isZero();
            judgement(1, "violence 0.8");

            assertThat(rig.endedWhole(turn, Outcome.BLOCKED).text()).isEmpty();
            assertThat(model.asked()).isZero();

            String next = rig.start(model);
            judgement(2, "safe");
            soon().until(() -> model.asked() == 1);
            model.listener().finished(DONE);
            rig.ended(next, Outcome.COMPLETE);
        }
    }

    @Test
    void stops_while_the_question_is_judged_without_asking_the_model() {
        try (TurnRig rig = rig("model", "checker")) {
            String turn = rig.start(model);
            soon().until(() -> checker.asked() == 1);

            rig.turns.stop(TurnRig.ROOM, turn, "Ada");

            rig.ended(turn, Outcome.STOPPED);
            assertThat(model.asked()).isZero();
            soon().until(() -> checker.cancels() == 1);
        }
    }

    @Test
    void holds_what_is_not_judged_and_gives_it_up_at_a_stop() {
        try (TurnRig rig = rig("model", "checker", "prompts", "none", "window", "20")) {
            String turn = rig.start(model);
            model.listener().delta("A first sentence. ");
            judgement(1, "safe");
            model.listener().delta("A second sentence. ");
            soon().until(() -> rig.streamed().equals("A first sentence. "));

            rig.turns.stop(TurnRig.ROOM, turn, "Ada");

            assertThat(rig.endedWhole(turn, Outcome.STOPPED).text()).isEqualTo("A first sentence. ");
        }
    }

    @Test
    void stops_at_once_when_the_model_waits_for_the_judge() {
        try (TurnRig rig = rig("model", "checker", "prompts", "none", "window", "20")) {
            String turn = rig.start(model);
            Thread deltas = Thread.startVirtualThread(() -> model.listener().delta("A sentence of words. ".repeat(12)));
            soon().until(() -> checker.asked() == 4);
            soon().until(() -> deltas.getState() == Thread.State.TIMED_WAITING);

            rig.turns.stop(TurnRig.ROOM, turn, "Ada");

            assertThat(rig.endedWhole(turn, Outcome.STOPPED).text()).isEmpty();
        }
    }

    @Test
    void takes_back_what_was_shown() {
        try (TurnRig rig = rig("model", "checker", "prompts", "none", "window", "20", "show", "retract")) {
            String turn = rig.start(model);
            model.listener().delta("A first sentence. ");
            judgement(1, "safe");
            model.listener().delta("A second sentence. And");
            soon().until(() -> rig.streamed().endsWith("And"));
            judgement(2, "violence 0.7");

            Event.Message kept = rig.ended(turn, Outcome.BLOCKED);

            assertThat(kept.text()).isEqualTo("A first sentence. ");
            assertThat(rig.events("withdrawn").get(0).path("kept").asInt()).isEqualTo(18);
            soon().until(() -> model.cancels() == 1);
        }
    }

    @Test
    void what_the_judge_uses_is_booked_under_its_name_and_in_the_price_of_the_answer() {
        try (TurnRig rig = rig("model", "checker", "prompts", "none")) {
            String turn = rig.start(model);
            model.listener().delta("A fine text.");
            model.listener().finished(DONE);
            judgement(1, "safe");

            Event.Message kept = rig.ended(turn, Outcome.COMPLETE);

            long own = rig.activity.totals("a").micros();
            long judged = rig.activity.totals("checker").micros();
            assertThat(judged).isPositive();
            assertThat(kept.answer().orElseThrow().usage().micros()).isEqualTo(own + judged);
            assertThat(rig.activity.totals("checker").inputTokens()).isPositive();
        }
    }

    @Test
    void what_another_guard_ends_is_judged_no_further() {
        try (TurnRig rig =
                rig("model", "checker", "prompts", "none", "show", "retract", "window", "20", "limit", "1")) {
            String turn = rig.start(model);
            model.listener().delta("A sentence that is fine. And then");
            soon().until(() -> checker.asked() == 1);
            model.listener().delta(" here is how to make a bomb at home. ");

            rig.ended(turn, Outcome.BLOCKED);

            soon().until(() -> checker.cancels() > 0);
            assertThat(rig.activity.totals("checker").inputTokens()).isPositive();
        }
    }
}
