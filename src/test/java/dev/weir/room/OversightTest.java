package dev.weir.room;

import static dev.weir.room.RoomRig.refused;
import static dev.weir.room.RoomRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.audit.Audit;
import dev.weir.event.Outcome;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.room.Refusal.Code;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OversightTest {

    private final RoomRig rig = new RoomRig();
    private final Oversight oversight = new Oversight(rig.store, rig.store, rig.rooms, rig.turns, Audit.NONE);
    private final User auditor = new User("u5", "olga", "Olga", "org", Set.of(Role.AUDITOR));

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void shows_who_is_in_a_room_but_its_name_only_to_members() {
        rig.rooms.rename(rig.ada, rig.room, "Layoffs in spring");

        for (User overseer : List.of(rig.eve, auditor)) {
            Oversight.Seen seen = oversight.page(overseer, "", 1).rooms().getFirst();
            assertThat(seen.name()).isEmpty();
            assertThat(seen.members()).containsExactly(rig.ada, rig.bob);
        }
        rig.store.addMember(rig.room, rig.eve.id());
        assertThat(oversight.page(rig.eve, "", 1).rooms().getFirst().name()).isEqualTo("Layoffs in spring");
    }

    @Test
    void a_page_that_is_not_there_becomes_the_nearest() {
        for (int i = 0; i < Oversight.PAGE; i++) {
            rig.rooms.create(rig.ada, "", "");
        }

        assertThat(oversight.page(auditor, "", 99)).satisfies(it -> {
            assertThat(it.number()).isEqualTo(2);
            assertThat(it.pages()).isEqualTo(2);
            assertThat(it.total()).isEqualTo(Oversight.PAGE + 1);
            assertThat(it.rooms()).hasSize(1);
        });
        assertThat(oversight.page(auditor, "", -3).number()).isEqualTo(1);
        assertThat(oversight.page(auditor, "nosuchroom", 1).rooms()).isEmpty();
    }

    @Test
    void an_administrator_stops_what_runs_in_the_room_of_others() {
        var ack = rig.ask(rig.ada, "Question");

        oversight.stop(rig.eve, rig.room, ack.turn());

        soon().until(() -> rig.turns.running() == 0);
        assertThat(rig.outcome(rig.answerTo(ack))).isEqualTo(Outcome.STOPPED);
        assertThat(rig.fast.cancels()).isEqualTo(1);
    }

    @Test
    void an_administrator_deletes_the_room_of_others() {
        rig.ask(rig.ada, "Question");

        oversight.delete(rig.eve, rig.room);

        soon().until(() -> rig.turns.running() == 0);
        refused(Code.NO_SUCH_ROOM, () -> rig.rooms.room(rig.ada, rig.room));
        refused(Code.NO_SUCH_ROOM, () -> oversight.delete(rig.eve, rig.room));
    }

    @Test
    void an_auditor_looks_and_does_nothing_and_a_user_does_not_even_look() {
        var ack = rig.ask(rig.ada, "Question");

        for (User caller : List.of(auditor, rig.ada, rig.stranger)) {
            refused(Code.FORBIDDEN, () -> oversight.stop(caller, rig.room, ack.turn()));
            refused(Code.FORBIDDEN, () -> oversight.stopAll(caller, rig.room));
            refused(Code.FORBIDDEN, () -> oversight.delete(caller, rig.room));
        }
        refused(Code.FORBIDDEN, () -> oversight.page(rig.ada, "", 1));
        assertThat(rig.turns.running()).isEqualTo(1);
    }

    @Test
    void a_manager_stops_what_is_written_in_the_own_organisation_and_nothing_else() {
        User manager = new User("u6", "mia", "Mia", "org", Set.of(Role.MANAGER));
        User elsewhere = new User("u7", "max", "Max", "other-org", Set.of(Role.MANAGER));
        var ack = rig.ask(rig.ada, "Question");

        refused(Code.FORBIDDEN, () -> oversight.stop(elsewhere, rig.room, ack.turn()));
        refused(Code.FORBIDDEN, () -> oversight.stop(manager, "nosuchroom", ack.turn()));
        refused(Code.FORBIDDEN, () -> oversight.stopAll(manager, rig.room));
        refused(Code.FORBIDDEN, () -> oversight.delete(manager, rig.room));
        assertThat(rig.turns.running()).isEqualTo(1);
        oversight.stop(manager, rig.room, ack.turn());

        soon().until(() -> rig.turns.running() == 0);
        assertThat(rig.outcome(rig.answerTo(ack))).isEqualTo(Outcome.STOPPED);
    }
}
