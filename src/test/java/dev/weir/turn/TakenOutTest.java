package dev.weir.turn;

import static dev.weir.turn.TurnRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Finish;
import dev.weir.model.ScriptedModel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node that stood still, and has joined the others again: they go on with what it wrote. */
class TakenOutTest {

    @Test
    void what_it_was_writing_ends_without_a_word() {
        try (TurnRig rig = new TurnRig()) {
            ScriptedModel model = ScriptedModel.silent("fast");
            rig.start(model);
            model.listener().delta("One");
            soon().until(() -> rig.streamed().equals("One"));
            int events = rig.events().size();

            rig.node = "n2";
            model.listener().delta(" and more");
            model.listener().finished(new Finish(Finish.Reason.STOP, Optional.empty()));
            soon().until(() -> rig.turns.running() == 0);

            assertThat(rig.events()).hasSize(events);
            assertThat(rig.cold.messages(TurnRig.ROOM, 1)).allMatch(it -> it.live());
        }
    }
}
