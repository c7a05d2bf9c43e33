package dev.weir.room;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.audit.Where;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.room.Refusal.Code;
import dev.weir.turn.Turns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The rooms of everybody, for administrators and auditors: who and how large, never what is said. Administrators may end
 * turns and delete rooms; managers may end turns of their organisation. Methods block on the database. Thread-safe.
 */
@ApplicationScoped
public class Oversight {

    /** Rooms on one page. */
    public static final int PAGE = 20;

    private static final int LONGEST_SEARCH = 100;
    private static final int MOST_PAGES = 1_000_000;

    private final RoomStore store;
    private final Users users;
    private final Rooms rooms;
    private final Turns turns;
    private final Audit audit;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Oversight() {
        this(null, null, null, null, null);
    }

    @Inject
    public Oversight(RoomStore store, Users users, Rooms rooms, Turns turns, Audit audit) {
        this.store = store;
        this.users = users;
        this.rooms = rooms;
        this.turns = turns;
        this.audit = audit;
    }

    /**
     * A room from outside.
     *
     * @param name only where the one who looks is a member, because names are made from what is said; otherwise, or
     *     where it has none, empty
     * @param members those of its members who have an account
     * @param size what {@code RoomStore} counts
     */
    public record Seen(String name, List<User> members, RoomStore.Size size) {
        public Seen {
            members = List.copyOf(members);
        }
    }

    /**
     * A page of rooms.
     *
     * @param number of this page, from 1
     * @param pages how many there are, at least 1
     * @param total rooms on all pages
     */
    public record Page(List<Seen> rooms, int number, int pages, long total) {
        public Page {
            rooms = List.copyOf(rooms);
        }
    }

    /**
     * The rooms that were found, the one with the latest news first.
     *
     * @param search an id, or a part of a member's login or name; empty for all
     * @param number of the page, from 1; one that is not there becomes the nearest that is
     * @throws Refusal when the caller is neither administrator nor auditor
     */
    public Page page(User caller, String search, int number) {
        check(caller, Role.ADMIN, Role.AUDITOR);
        String wanted = search.strip();
        wanted = wanted.substring(0, Math.min(wanted.length(), LONGEST_SEARCH));
        long total = store.countOfAll(wanted);
        int pages = Math.clamp((total + PAGE - 1) / PAGE, 1, MOST_PAGES);
        int shown = Math.clamp(number, 1, pages);
        List<Seen> found = store.ofAll(wanted, (shown - 1) * PAGE, PAGE).stream()
                .map(it -> seen(caller, it))
                .toList();
        return new Page(found, shown, pages, total);
    }

    private Seen seen(User caller, RoomStore.Size size) {
        List<String> ids = store.members(size.room().id());
        String name = ids.contains(caller.id()) ? size.room().name() : "";
        List<User> members =
                ids.stream().map(users::byId).flatMap(Optional::stream).toList();
        return new Seen(name, members, size);
    }

    /**
     * Stops a turn, if it runs. Managers stop those in rooms of their organisation.
     *
     * @throws Refusal when the caller is neither administrator nor such a manager
     */
    public void stop(User caller, String room, String turn) {
        if (!manages(caller, room)) {
            admin(caller, "turn.stop", room);
        }
        turns.stop(room, turn, caller.name());
        audit.record(Kind.ADMIN, caller.who(), new Where(room, turn, "", ""), "turn.stop", "", "");
    }

    /**
     * Stops everything that runs in a room.
     *
     * @throws Refusal when the caller is no administrator
     */
    public void stopAll(User caller, String room) {
        admin(caller, "room.stop", room);
        turns.stopAll(room, "Stopped by " + caller.name() + ".");
        audit.record(Kind.ADMIN, caller.who(), Where.room(room), "room.stop", "", "");
    }

    /**
     * Deletes a room with everything in it, for all members.
     *
     * @throws Refusal when the caller is no administrator, or there is no such room
     */
    public void delete(User caller, String room) {
        admin(caller, "room.delete", room);
        if (store.find(room).isEmpty()) {
            throw new Refusal(Code.NO_SUCH_ROOM, "There is no such room any more.");
        }
        rooms.end(caller, room);
        audit.record(Kind.ADMIN, caller.who(), Where.room(room), "room.delete", "", "");
    }

    /** Whether everybody in the room is of the organisation that the caller manages. */
    private boolean manages(User caller, String room) {
        List<String> members = caller.is(Role.MANAGER) ? store.members(room) : List.of();
        return !members.isEmpty()
                && members.stream()
                        .map(users::byId)
                        .allMatch(
                                it -> it.filter(member -> member.organisation().equals(caller.organisation()))
                                        .isPresent());
    }

    private void admin(User caller, String action, String room) {
        if (!caller.is(Role.ADMIN)) {
            audit.record(Kind.REFUSED, caller.who(), Where.room(room), action, "", "");
        }
        check(caller, Role.ADMIN);
    }

    static void check(User caller, Role... roles) {
        if (Arrays.stream(roles).noneMatch(caller::is)) {
            throw new Refusal(Code.FORBIDDEN, "Your account does not allow this. Ask an administrator.");
        }
    }
}
