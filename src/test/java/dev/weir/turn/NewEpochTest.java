package dev.weir.turn;

import static dev.weir.turn.TurnRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.log.ClientView;
import dev.weir.log.RoomHandle;
import dev.weir.model.Finish;
import dev.weir.model.ScriptedModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Answers whose room loses its hot tail, with all nodes that had it, and begins a new epoch. */
class NewEpochTest {

    private static final Finish STOP = new Finish(Finish.Reason.STOP, Optional.empty());
    private static final String ROOM = TurnRig.ROOM;

    /** And somebody reads the room, who opens it again. */
    private static void lose(TurnRig rig) {
        rig.hot.lose(ROOM);
        try (RoomHandle room = rig.log.open(ROOM)) {
            soon().until(() -> room.end().epoch() == 2);
        }
    }

    private static String begun(TurnRig rig, ScriptedModel model) {
        String turn = rig.start(model);
        model.listener().delta("One");
        soon().until(() -> rig.streamed().equals("One"));
        return turn;
    }

    @Test
    void are_told_again_at_once_and_go_on() {
        try (TurnRig rig = new TurnRig()) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = begun(rig, model);
            model.listener().delta(" two");
            soon().until(() -> rig.streamed().equals("One two"));

            lose(rig);

            soon().until(() -> rig.streamed().equals("One two"));
            JsonNode again = rig.events().getFirst();
            assertThat(again.path("type").asText()).isEqualTo("turn-started");
            assertThat(again.path("turn").asText()).isEqualTo(turn);
            assertThat(again.path("prompt").asText()).isEqualTo("m1");
            model.listener().delta(" three");
            model.listener().finished(STOP);
            assertThat(rig.endedWhole(turn, Outcome.COMPLETE).text()).isEqualTo("One two three");
        }
    }

    @Test
    void lose_nothing_of_what_was_on_its_way_to_the_log() {
        try (TurnRig rig = new TurnRig()) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = begun(rig, model);
            rig.hot.hold();
            model.listener().delta(" two");
            model.listener().delta(" three");
            rig.hot.lose(ROOM);
            rig.hot.letGo();
            model.listener().delta(" four");
            model.listener().finished(STOP);

            assertThat(rig.endedWhole(turn, Outcome.COMPLETE).text()).isEqualTo("One two three four");
        }
    }

    @Test
    void end_whole_where_the_log_refuses_them_once_for_another_reason() {
        try (TurnRig rig = new TurnRig()) {
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = begun(rig, model);
            rig.hot.failAppends(1);
            model.listener().delta(" two");
            model.listener().finished(STOP);

            assertThat(rig.ended(turn, Outcome.COMPLETE).text()).isEqualTo("One two");
            assertThat(rig.events("turn-started")).hasSize(1);
        }
    }

    @Test
    void are_not_told_again_when_they_have_ended() {
        try (TurnRig rig = new TurnRig()) {
            ScriptedModel quick = ScriptedModel.silent("a");
            ScriptedModel slow = ScriptedModel.silent("b");
            rig.start(quick, slow);
            quick.listener().delta("Quick");
            quick.listener().finished(STOP);
            slow.listener().delta("Slow");
            soon().until(() ->
                    rig.events("turn-ended").size() == 1 && rig.streamed().contains("Slow"));

            lose(rig);

            soon().until(() -> rig.streamed().equals("Slow"));
            assertThat(rig.events("turn-started")).hasSize(1);
            assertThat(rig.events("turn-started").getFirst().toString())
                    .contains("Model b")
                    .doesNotContain("Model a");
        }
    }

    @Property(tries = 60)
    void reach_every_reader_whole_however_often_the_tail_is_lost(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 4) Integer> steps) {
        try (TurnRig rig = new TurnRig();
                RoomHandle room = rig.log.open(ROOM)) {
            ClientView client = new ClientView();
            ScriptedModel model = ScriptedModel.silent("a");
            String turn = rig.start(model);
            StringBuilder all = new StringBuilder();
            for (int step : steps) {
                if (step == 0) {
                    rig.hot.lose(ROOM);
                } else if (step == 1) {
                    read(client, room);
                } else {
                    String delta = "word" + all.length() + " ";
                    all.append(delta);
                    model.listener().delta(delta);
                }
            }
            model.listener().finished(STOP);
            soon().until(() -> rig.turns.running() == 0);
            soon().untilAsserted(() -> {
                read(client, room);
                assertThat(client.conversation()).singleElement().satisfies(it -> {
                    assertThat(it.turn()).isEqualTo(turn);
                    assertThat(it.text()).isEqualTo(all.toString());
                    assertThat(it.live()).isFalse();
                    assertThat(it.outcome()).isEqualTo("complete");
                });
            });
        }
    }

    /** Takes what there is now. */
    private static void read(ClientView client, RoomHandle room) {
        while (room.next(client.cursor().orElse(Cursor.START), () -> "") instanceof RoomHandle.Next.Ready ready) {
            client.take(ready.frame().json());
        }
    }

    @Test
    void of_a_node_that_went_with_it_are_told_again_by_the_one_that_goes_on() {
        try (TurnRig rig = new TurnRig();
                RoomHandle room = rig.log.open(ROOM)) {
            ScriptedModel model = ScriptedModel.silent("a");
            Member ada = Member.person("ada", "Ada");
            var branch = new Event.Branch("b1", Member.model("a", "Model a"), Optional.empty());
            var started = new Event.TurnStarted("t1", "m1", ada, List.of(branch), List.of());
            Cursor place = room.appendNow(List.of(started, new Event.Delta("t1", "b1", "What was seen")));
            rig.cold.beginAnswers(ROOM, place, Instant.EPOCH, started, "n1");
            soon().until(() -> room.end().equals(place.plus(2)));
            rig.hot.lose(ROOM);

            RoomHandle.SoFar soFar = room.soFar("b1").orElseThrow();
            assertThat(soFar.text()).as("more than the database has").isEqualTo("What was seen");
            assertThat(soFar.told()).isFalse();
            var left = new AnswerUnderWay(
                    "n2",
                    ROOM,
                    "t1",
                    "b1",
                    "m1",
                    ada,
                    "org",
                    false,
                    "a",
                    TurnRig.PROMPT,
                    0,
                    Usage.NOTHING,
                    new Billing("", model.spec().price(), Usage.NOTHING),
                    "");
            rig.turns.goOn(left, model, soFar);
            soon().until(() -> model.asked() == 1);
            model.listener().delta(" and more");
            model.listener().finished(STOP);

            Event.Message kept = rig.endedWhole("t1", Outcome.COMPLETE);
            assertThat(kept.text()).isEqualTo("What was seen and more");
            assertThat(rig.events().getFirst().path("type").asText()).isEqualTo("turn-started");
        }
    }
}
