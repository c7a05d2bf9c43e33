package dev.weir.room;

import static dev.weir.room.RoomRig.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.identity.AccountProblem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The order of forgetting somebody, with everything in memory. */
class ErasuresTest {

    private final ErasureRig rig = new ErasureRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void stops_what_is_written_erases_and_gives_readers_a_snapshot() {
        rig.room.ask(rig.room.bob, "My secret");
        rig.room.fast.listener().delta("About it");
        long epoch = rig.hot();

        Erasure erasure = rig.erase();

        assertThat(erasure.finished()).isPresent();
        assertThat(rig.room.turns.running()).isZero();
        assertThat(rig.store.erasedIn).contains(rig.room.room);
        assertThat(rig.room.store.members(rig.room.room)).containsExactly(rig.room.ada.id());
        assertThat(rig.others.told).containsExactly(rig.room.room);
        soon().until(() -> rig.room.hot.events(rig.room.room).toString().contains(Erasures.NOTICE));
        assertThat(rig.room.hot.events(rig.room.room).toString()).doesNotContain("My secret", "About it", "Bob");
        assertThat(rig.hot()).isGreaterThan(epoch);
    }

    @Test
    void deletes_rooms_that_were_theirs_alone() {
        String own = rig.room.rooms.create(rig.room.bob, "", "").id();

        rig.erase();

        assertThat(rig.room.store.find(own)).isEmpty();
        assertThat(rig.room.store.find(rig.room.room)).isPresent();
    }

    @Test
    void takes_a_name_from_a_room_that_was_made_of_what_they_said() {
        rig.room.store.rename(rig.room.room, "A long question that…");
        rig.store.saidParts.add("A long question that");

        rig.erase();

        assertThat(rig.room.store.find(rig.room.room).orElseThrow().name()).isEmpty();
    }

    @Test
    void what_another_node_could_not_do_is_done_later() {
        rig.others.away = true;
        assertThat(rig.erase().finished()).isEmpty();

        rig.erasures.goOn();
        assertThat(rig.store.find(rig.room.bob.id()).orElseThrow().finished()).isEmpty();
        rig.others.away = false;
        rig.erasures.goOn();

        assertThat(rig.store.find(rig.room.bob.id()).orElseThrow().finished()).isPresent();
    }

    @Test
    void only_administrators_may_and_not_themselves() {
        assertThat(catchThrowableOfType(AccountProblem.class, () -> rig.erasures.erase(rig.room.ada, rig.room.bob.id()))
                        .kind())
                .isEqualTo(AccountProblem.Kind.FORBIDDEN);
        assertThat(catchThrowableOfType(AccountProblem.class, () -> rig.erasures.erase(rig.room.eve, rig.room.eve.id()))
                        .kind())
                .isEqualTo(AccountProblem.Kind.YOURSELF);
        assertThat(rig.room.store.byId(rig.room.bob.id())).isPresent();
    }
}
