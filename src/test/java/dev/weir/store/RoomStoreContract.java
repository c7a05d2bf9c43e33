package dev.weir.store;

import static dev.weir.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Ids;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.room.Room;
import dev.weir.room.RoomPlace;
import dev.weir.room.RoomStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every engine must do. */
abstract class RoomStoreContract {

    private static final Set<Room.Origin> ALL = EnumSet.allOf(Room.Origin.class);

    private final JdbiRoomStore rooms;
    private final Database database;
    private final String ada = Ids.next();
    private final String bob = Ids.next();
    private final Room room = Room.conversation(Ids.next(), "Plans", "smart", NOON, NOON.plusSeconds(1));

    RoomStoreContract(Engine engine) {
        database = engine.shared();
        rooms = new JdbiRoomStore(database);
        rooms.create(room, ada);
    }

    @Test
    void gives_back_a_room_as_it_was_created() {
        assertThat(rooms.find(room.id())).hasValue(room);
        assertThat(rooms.members(room.id())).containsExactly(ada);
        assertThat(rooms.find("nowhere")).isEmpty();
    }

    @Test
    void refuses_a_room_that_is_there_and_lets_nobody_in_by_it() {
        assertThatThrownBy(() -> rooms.create(room, bob)).isInstanceOf(RuntimeException.class);

        assertThat(rooms.isMember(room.id(), bob)).isFalse();
    }

    @Test
    void lists_members_in_the_order_they_joined() {
        assertThat(rooms.addMember(room.id(), "z" + bob)).isTrue();
        assertThat(rooms.addMember(room.id(), "a" + bob)).isTrue();

        assertThat(rooms.members(room.id())).containsExactly(ada, "z" + bob, "a" + bob);
    }

    @Test
    void adds_a_member_once() {
        assertThat(rooms.addMember(room.id(), bob)).isTrue();
        assertThat(rooms.addMember(room.id(), bob)).isFalse();
        assertThat(rooms.addMember(room.id(), ada)).isFalse();
        assertThat(rooms.isMember(room.id(), bob)).isTrue();
        assertThat(rooms.ofMember(room.id(), bob)).hasValue(room);
    }

    @Test
    void refuses_a_member_of_a_room_that_is_not_there() {
        assertThatThrownBy(() -> rooms.addMember("nowhere", bob)).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void removes_a_member() {
        rooms.addMember(room.id(), bob);
        rooms.removeMember(room.id(), bob);
        rooms.removeMember(room.id(), bob);

        assertThat(rooms.isMember(room.id(), bob)).isFalse();
        assertThat(rooms.ofMember(room.id(), bob)).isEmpty();
        assertThat(rooms.ofMember(room.id(), ada)).hasValue(room);
        assertThat(rooms.ofMember(bob, ALL, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void lists_a_members_rooms_with_the_latest_news_first() {
        Room older = Room.conversation(Ids.next(), "", "", NOON, NOON);
        Room newer = Room.conversation(Ids.next(), "", "", NOON, NOON.plusSeconds(9));
        rooms.create(older, ada);
        rooms.create(newer, ada);
        rooms.create(Room.conversation(Ids.next(), "", "", NOON, NOON), bob);

        assertThat(rooms.ofMember(ada, ALL, Optional.empty(), 10)).containsExactly(newer, room, older);
        assertThat(rooms.ofMember(ada, ALL, Optional.empty(), 2)).containsExactly(newer, room);
    }

    @Test
    void lists_every_room_once_page_by_page() {
        List<String> all = new ArrayList<>(List.of(room.id()));
        for (int i = 0; i < 9; i++) {
            Room one = Room.conversation(Ids.next(), "", "", NOON, NOON.plusSeconds(i / 3));
            rooms.create(one, ada);
            all.add(one.id());
        }

        List<String> seen = new ArrayList<>();
        Optional<RoomPlace> after = Optional.empty();
        List<Room> page;
        do {
            page = rooms.ofMember(ada, ALL, after, 2);
            page.forEach(it -> seen.add(it.id()));
            after = page.isEmpty()
                    ? after
                    : Optional.of(new RoomPlace(
                            page.getLast().updatedAt(), page.getLast().id()));
        } while (!page.isEmpty());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void lists_rooms_of_completions_when_they_are_wanted_until_one_is_taken_up() {
        Room made = new Room(Ids.next(), "", "", Room.Origin.COMPLETION, NOON, NOON);
        rooms.create(made, ada);
        Set<Room.Origin> conversations = EnumSet.of(Room.Origin.CONVERSATION);

        assertThat(rooms.find(made.id())).hasValue(made);
        assertThat(rooms.ofMember(ada, ALL, Optional.empty(), 10)).containsExactly(room, made);
        assertThat(rooms.ofMember(ada, conversations, Optional.empty(), 10)).containsExactly(room);
        assertThat(rooms.ofMember(ada, EnumSet.of(Room.Origin.COMPLETION), Optional.empty(), 10))
                .containsExactly(made);

        rooms.takeUp(made.id());

        assertThat(rooms.ofMember(ada, conversations, Optional.empty(), 10))
                .extracting(Room::id)
                .containsExactly(room.id(), made.id());
    }

    @Test
    void renames_and_changes_the_model() {
        rooms.rename(room.id(), "Robert'); DROP TABLE room; --");
        rooms.useModel(room.id(), "fast");

        Room changed = rooms.find(room.id()).orElseThrow();
        assertThat(changed.name()).isEqualTo("Robert'); DROP TABLE room; --");
        assertThat(changed.model()).isEqualTo("fast");
    }

    @Test
    void deletes_the_room_with_its_members() {
        rooms.delete(room.id());

        assertThat(rooms.find(room.id())).isEmpty();
        assertThat(rooms.members(room.id())).isEmpty();
        assertThat(rooms.ofMember(ada, ALL, Optional.empty(), 10)).isEmpty();
    }

    @Test
    void finds_rooms_of_all_by_their_members_and_pages_them() {
        String part = "Name" + ada;
        account(ada, part + " 100%_!");
        Room newer = Room.conversation(Ids.next(), "", "", NOON, NOON.plusSeconds(9));
        rooms.create(newer, ada);
        rooms.create(Room.conversation(Ids.next(), part, "", NOON, NOON), bob);

        assertThat(rooms.ofAll(part.toUpperCase(Locale.ROOT), 0, 10))
                .extracting(RoomStore.Size::room)
                .containsExactly(newer, room);
        assertThat(rooms.ofAll(part, 1, 10)).extracting(RoomStore.Size::room).containsExactly(room);
        assertThat(rooms.ofAll(part, 0, 1)).extracting(RoomStore.Size::room).containsExactly(newer);
        assertThat(rooms.countOfAll(part)).isEqualTo(2);
        assertThat(rooms.countOfAll(part + " 100%_!")).isEqualTo(2);
        assertThat(rooms.countOfAll(part + "%_!")).isZero();
        assertThat(rooms.countOfAll("login-" + ada)).isEqualTo(2);
    }

    @Test
    void finds_a_room_by_its_id_and_not_by_its_name() {
        assertThat(rooms.ofAll(room.id(), 0, 10)).containsExactly(new RoomStore.Size(room, 1, 0));
        assertThat(rooms.countOfAll(room.id())).isEqualTo(1);
        assertThat(rooms.countOfAll("Plans")).isZero();
        assertThat(rooms.countOfAll("")).isPositive();
    }

    @Test
    void counts_members_and_what_stands_in_the_conversation() {
        JdbiColdLog cold = new JdbiColdLog(database);
        rooms.addMember(room.id(), bob);
        cold.saveMessage(room.id(), Samples.at(1), NOON, Samples.said("1-" + ada, "First"));
        cold.saveMessage(room.id(), Samples.at(2), NOON, Samples.said("2-" + ada, "Second"));
        cold.saveMessage(room.id(), Samples.at(3), NOON, Samples.saidInsteadOf("2-" + ada, "3-" + ada));

        assertThat(rooms.ofAll(room.id(), 0, 1)).containsExactly(new RoomStore.Size(room, 2, 2));
    }

    private void account(String id, String name) {
        JdbiUsers users = new JdbiUsers(database);
        users.saveOrganisation("rooms", "Rooms");
        users.create(new User(id, "login-" + id, name, "rooms", Set.of(Role.USER)), "hash");
    }
}
