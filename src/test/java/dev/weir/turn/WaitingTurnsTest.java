package dev.weir.turn;

import static dev.weir.turn.TurnRig.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Outcome;
import dev.weir.model.Finish;
import dev.weir.model.ScriptedModel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node with one place for an answer, and four before it. */
class WaitingTurnsTest {

    private static final Finish STOP = new Finish(Finish.Reason.STOP, Optional.empty());

    private final TurnRig rig = new TurnRig(new TurnSettings(
            1, Duration.ofMinutes(30), 2, Duration.ofSeconds(20), Duration.ofMillis(5), 4, Duration.ofMinutes(1)));
    private final ScriptedModel first = ScriptedModel.silent("a");
    private final ScriptedModel second = ScriptedModel.silent("b");

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void an_answer_waits_in_sight_of_all_and_begins_when_the_one_before_it_has_ended() {
        rig.start(first);
        String waiting = rig.start(second);

        assertThat(second.asked()).isZero();
        assertThat(rig.turns.waiting()).isEqualTo(1);
        assertThat(rig.events("turn-started")).hasSize(2);
        soon().until(() -> rig.events("notice").size() == 1);
        first.listener().delta("One.");
        first.listener().finished(STOP);

        soon().until(() -> second.asked() == 1);
        second.listener().delta("Two.");
        second.listener().finished(STOP);
        assertThat(rig.ended(waiting, Outcome.COMPLETE).text()).isEqualTo("Two.");
    }

    @Test
    void an_answer_that_waits_can_be_stopped_and_its_model_is_never_asked() {
        rig.start(first);
        String waiting = rig.start(second);

        rig.turns.stop(TurnRig.ROOM, waiting, "Ada");

        soon().until(() -> rig.turns.waiting() == 0 && rig.turns.running() == 1);
        first.listener().finished(STOP);
        rig.ended(waiting, Outcome.STOPPED);
        assertThat(second.asked()).isZero();
    }

    @Test
    void an_answer_does_not_wait_for_ever() {
        rig.start(first);
        String waiting = rig.start(second);

        rig.time.pass(Duration.ofSeconds(30));
        first.listener().heard();
        rig.time.pass(Duration.ofSeconds(31));

        soon().until(() -> rig.turns.waiting() == 0 && rig.turns.running() == 1);
        first.listener().finished(STOP);
        assertThat(rig.ended(waiting, Outcome.FAILED).answer().orElseThrow().reason())
                .startsWith("No place became free");
        assertThat(second.asked()).isZero();
    }

    @Test
    void refuses_when_as_many_wait_as_may() {
        rig.start(first);
        rig.start(second);
        rig.start(second);

        assertThatThrownBy(() -> rig.start(second)).isInstanceOf(TurnsFull.class);
        assertThat(rig.events("turn-started")).hasSize(3);
    }

    @Test
    void nothing_begins_while_the_node_is_drained_and_what_runs_goes_on() {
        String turn = rig.start(first);

        rig.turns.drain(true);
        assertThat(rig.turns.accepting()).isFalse();
        assertThatThrownBy(() -> rig.start(second)).isInstanceOf(TurnsFull.class);
        first.listener().delta("Done.");
        first.listener().finished(STOP);
        assertThat(rig.ended(turn, Outcome.COMPLETE).text()).isEqualTo("Done.");
        rig.turns.drain(false);

        rig.start(second);
        soon().until(() -> second.asked() == 1);
    }
}
