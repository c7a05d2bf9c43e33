package dev.weir.room;

import static dev.weir.room.RoomRig.refused;
import static dev.weir.room.RoomRig.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.identity.User;
import dev.weir.room.Refusal.Code;
import dev.weir.room.Room.Origin;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomsTest {

    private final RoomRig rig = new RoomRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_room_does_not_exist_for_who_is_not_a_member() {
        String message = rig.talk(rig.ada, "Question", "Answer").message();
        Map<String, BiConsumer<User, String>> doors = new LinkedHashMap<>();
        doors.put("room", rig.rooms::room);
        doors.put("details", rig.rooms::details);
        doors.put("rename", (user, room) -> rig.rooms.rename(user, room, "Mine"));
        doors.put("useModel", (user, room) -> rig.rooms.useModel(user, room, "smart"));
        doors.put("change", (user, room) -> rig.rooms.change(user, room, Optional.of("Mine"), Optional.empty()));
        doors.put("delete", rig.rooms::delete);
        doors.put("addMember", (user, room) -> rig.rooms.addMember(user, room, user.login()));
        doors.put("removeMember", (user, room) -> rig.rooms.removeMember(user, room, rig.bob.id()));
        doors.put("open", rig.rooms::open);
        for (Command command : List.of(
                new Command.Prompt("Let me in", Optional.empty()),
                new Command.Edit(message, "Let me in", Optional.empty()),
                new Command.Regenerate(message, Optional.empty()),
                new Command.Continue(message),
                new Command.Stop("t"),
                new Command.Typing())) {
            doors.put(
                    command.getClass().getSimpleName(), (user, room) -> rig.commands.perform(user, room, "1", command));
        }
        int before = rig.events();
        int asked = rig.fast.asked();

        doors.forEach((name, door) -> {
            for (User user : List.of(rig.eve, rig.stranger)) {
                Refusal mine = catchThrowableOfType(Refusal.class, () -> door.accept(user, rig.room));
                Refusal none = catchThrowableOfType(Refusal.class, () -> door.accept(user, "nosuchroom"));
                assertThat(mine).as(name).isNotNull();
                assertThat(mine.code()).as(name).isEqualTo(Code.NO_SUCH_ROOM);
                assertThat(mine.detail()).as(name).isEqualTo(none.detail());
            }
        });
        assertThat(rig.rooms.isMember(rig.eve, rig.room)).isFalse();
        assertThat(rig.rooms
                        .list(rig.eve, EnumSet.allOf(Origin.class), Optional.empty(), 10)
                        .rooms())
                .isEmpty();
        assertThat(rig.events()).isEqualTo(before);
        assertThat(rig.fast.asked()).isEqualTo(asked);
        assertThat(rig.rooms.details(rig.ada, rig.room).members()).containsExactly(rig.ada, rig.bob);
    }

    @Test
    void somebody_of_another_organisation_cannot_be_added() {
        refused(Code.NO_SUCH_USER, () -> rig.rooms.addMember(rig.ada, rig.room, "mallory"));
        refused(Code.NO_SUCH_USER, () -> rig.rooms.addMember(rig.ada, rig.room, "nobody"));

        assertThat(rig.rooms.addMember(rig.ada, rig.room, " EVE ")).isEqualTo(rig.eve);
        assertThat(rig.rooms.room(rig.eve, rig.room).id()).isEqualTo(rig.room);
    }

    @Test
    void a_member_who_was_removed_is_out_and_the_last_one_stays() {
        rig.rooms.removeMember(rig.ada, rig.room, rig.bob.id());
        refused(Code.NO_SUCH_ROOM, () -> rig.rooms.room(rig.bob, rig.room));
        refused(Code.CONFLICT, () -> rig.rooms.removeMember(rig.ada, rig.room, rig.ada.id()));
    }

    @Test
    void who_is_no_member_cannot_be_removed_nor_their_name_be_learned() {
        int before = rig.events();

        refused(Code.NO_SUCH_USER, () -> rig.rooms.removeMember(rig.ada, rig.room, rig.stranger.id()));

        assertThat(rig.events()).isEqualTo(before);
    }

    @Test
    void refuses_unknown_models_and_long_names() {
        refused(Code.UNKNOWN_MODEL, () -> rig.rooms.create(rig.ada, "", "gone"));
        refused(Code.UNKNOWN_MODEL, () -> rig.rooms.useModel(rig.ada, rig.room, "gone"));
        refused(Code.INVALID, () -> rig.rooms.rename(rig.ada, rig.room, "x".repeat(Rooms.LONGEST_NAME + 1)));
        assertThatThrownBy(() -> rig.rooms.useModel(rig.ada, rig.room, "gone")).hasMessageContaining("fast, smart");
    }

    @Test
    void a_room_made_for_a_completion_becomes_a_conversation_when_somebody_takes_it_up() {
        Map<String, Consumer<String>> ways = new LinkedHashMap<>();
        ways.put("name", id -> rig.rooms.change(rig.ada, id, Optional.of("Mine"), Optional.empty()));
        ways.put("member", id -> rig.rooms.addMember(rig.ada, id, "bob"));
        ways.put("message", id -> rig.asking.perform(rig.ada, id, new Command.Prompt("Hello", Optional.empty())));
        ways.forEach((name, way) -> {
            String id = rig.rooms.createForCompletion(rig.ada, "fast", "Why?").id();
            rig.rooms.useModel(rig.ada, id, "smart");
            assertThat(conversations()).as(name).doesNotContain(id);

            way.accept(id);

            assertThat(conversations()).as(name).contains(id);
        });
    }

    private List<String> conversations() {
        return rig.rooms.list(rig.ada, EnumSet.of(Origin.CONVERSATION), Optional.empty(), 100).rooms().stream()
                .map(Room::id)
                .toList();
    }

    @Test
    void a_room_made_for_a_completion_is_named_after_its_question() {
        assertThat(rig.rooms
                        .createForCompletion(rig.ada, "fast", "\n Why\tso? \nBecause.")
                        .name())
                .isEqualTo("Why so?");
        assertThat(rig.rooms.createForCompletion(rig.ada, "fast", " ").name()).isEmpty();
        assertThat(rig.rooms
                        .createForCompletion(rig.ada, "fast", "long ".repeat(100))
                        .name())
                .hasSizeLessThanOrEqualTo(60)
                .endsWith("…");
    }

    @Test
    void rooms_of_completions_go_with_their_user() {
        String id = rig.rooms.createForCompletion(rig.eve, "fast", "Why?").id();

        rig.rooms.left(rig.eve);

        assertThat(rig.rooms.now(id)).isEmpty();
    }

    @Test
    void cleans_names() {
        assertThat(rig.rooms.create(rig.ada, " \u0000a\n\tb ", "").name()).isEqualTo("a b");
        assertThat(rig.rooms.create(rig.ada, "\u0000", "").name()).isEmpty();
    }

    @Test
    void deleting_a_room_stops_what_is_being_written() {
        rig.ask(rig.ada, "Question");

        rig.rooms.delete(rig.ada, rig.room);

        soon().until(() -> rig.turns.running() == 0);
        assertThat(rig.fast.cancels()).isEqualTo(1);
        refused(Code.NO_SUCH_ROOM, () -> rig.rooms.room(rig.ada, rig.room));
    }
}
