package dev.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.event.Variants;
import dev.weir.log.RoomHandle.SoFar;
import dev.weir.model.Finish;
import dev.weir.model.ScriptedModel;
import dev.weir.model.StreamingModel.Prompt.Role;
import dev.weir.pipeline.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An answer of a node that has gone, of a model that can't go on after a given beginning. */
class BeginAgainTest {

    private static final String BEFORE = "What was written before";
    private static final Member ADA = Member.person("ada", "Ada");

    private final TurnRig rig = new TurnRig();
    private final ScriptedModel model = ScriptedModel.beginningAgain("a");

    @AfterEach
    void stop() {
        rig.close();
    }

    /** As another node left it. */
    private AnswerUnderWay left() {
        var branch = new Event.Branch("b1", Member.model("a", "Model a"), Optional.empty());
        var started = new Event.TurnStarted("t1", "m1", ADA, List.of(branch), List.of());
        Cursor place = rig.log
                .append(TurnRig.ROOM, List.of(started, new Event.Delta("t1", "b1", BEFORE)))
                .toCompletableFuture()
                .join();
        rig.cold.beginAnswers(TurnRig.ROOM, place, Instant.EPOCH, started, "n1");
        return new AnswerUnderWay(
                "n2",
                TurnRig.ROOM,
                "t1",
                "b1",
                "m1",
                ADA,
                "org",
                false,
                "a",
                TurnRig.PROMPT,
                0,
                new Usage(0, 0, 0, false),
                new Billing("", model.spec().price(), Usage.NOTHING),
                "");
    }

    private void finish(String text) {
        model.listener().delta(text);
        model.listener().finished(new Finish(Finish.Reason.STOP, Optional.empty()));
    }

    @Test
    void what_is_stopped_before_it_could_begin_again_stays_as_it_was() {
        AnswerUnderWay left = left();

        rig.turns.stop(TurnRig.ROOM, "t1", "Ada");
        rig.turns.goOn(left, model, new SoFar(BEFORE, Variants.NONE, true));

        Event.Message kept = rig.ended("t1", Outcome.STOPPED);
        assertThat(kept.text()).isEqualTo(BEFORE);
        assertThat(rig.events("withdrawn")).isEmpty();
        assertThat(model.asked()).isZero();
    }

    @Test
    void is_written_anew_in_its_place_and_says_so() {
        rig.turns.goOn(left(), model, new SoFar(BEFORE, Variants.NONE, true));
        TurnRig.soon().until(() -> model.asked() == 1);
        finish("All of it anew.");

        Event.Message kept = rig.ended("t1", Outcome.COMPLETE);

        assertThat(kept.id()).isEqualTo("b1");
        assertThat(kept.text()).isEqualTo("All of it anew.");
        assertThat(model.prompts().getFirst().lines())
                .extracting(it -> it.role())
                .containsExactly(Role.USER);
        assertThat(rig.events("notice").toString()).contains("begins again");
        assertThat(rig.events("withdrawn").getFirst().path("kept").asInt()).isZero();
        assertThat(rig.events("withdrawn").getFirst().path("rule").asText()).isEqualTo(Event.Withdrawn.BEGINS_AGAIN);
        assertThat(kept.answer().orElseThrow().usage().outputTokens())
                .isEqualTo(Tokens.count(BEFORE) + Tokens.count("All of it anew."));
    }

    @Test
    void goes_on_as_any_other_when_nothing_had_been_written() {
        rig.turns.goOn(left(), model, new SoFar("", Variants.NONE, true));
        TurnRig.soon().until(() -> model.asked() == 1);
        finish("All of it.");

        assertThat(rig.ended("t1", Outcome.COMPLETE).text()).isEqualTo("All of it.");
        assertThat(rig.events("withdrawn")).isEmpty();
    }
}
