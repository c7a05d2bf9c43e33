package dev.weir.room;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.audit.Where;
import dev.weir.event.Event;
import dev.weir.event.Event.Presence;
import dev.weir.event.Ids;
import dev.weir.event.Member;
import dev.weir.identity.Departures;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomLog;
import dev.weir.model.ModelCatalogue;
import dev.weir.room.Refusal.Code;
import dev.weir.room.Room.Origin;
import dev.weir.turn.NotServed;
import dev.weir.turn.Turns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rooms, for those who are members of them; for anybody else they don't exist. Methods may block. Thread-safe. */
@ApplicationScoped
public class Rooms implements Departures {

    /** The most rooms in a page of the list. */
    public static final int LISTED = 500;

    private static final int LONGEST_AUTO_NAME = 60;

    static final int LONGEST_NAME = 120;

    private final RoomStore store;
    private final Users users;
    private final RoomLog log;
    private final Turns turns;
    private final ModelCatalogue models;
    private final Audit audit;
    private final InstantSource clock = InstantSource.system();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Rooms() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Rooms(RoomStore store, Users users, RoomLog log, Turns turns, ModelCatalogue models, Audit audit) {
        this.store = store;
        this.users = users;
        this.log = log;
        this.turns = turns;
        this.models = models;
        this.audit = audit;
    }

    /** A room and who is in it. */
    public record Details(Room room, List<User> members) {}

    /**
     * Some of a member's rooms.
     *
     * @param next where the next page begins; empty when this is the last
     */
    public record Page(List<Room> rooms, Optional<RoomPlace> next) {}

    /** Makes a room with the caller as its member; name and model may be empty. */
    public Room create(User caller, String name, String model) {
        return create(caller, checkedName(name), model, Origin.CONVERSATION);
    }

    /** Makes a room for a completion that names none, with the name that its question gives it. */
    public Room createForCompletion(User caller, String model, String question) {
        return create(caller, checkedName(nameFrom(question)), model, Origin.COMPLETION);
    }

    /** The name that a first question gives a room. */
    static String nameFrom(String question) {
        String line = question.strip().lines().findFirst().orElse("").strip();
        return Shortened.of(line, LONGEST_AUTO_NAME);
    }

    private Room create(User caller, String name, String model, Origin origin) {
        checkModel(model);
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Room room = new Room(Ids.next(), name, model, origin, now, now);
        store.create(room, caller.id());
        done(caller, room.id(), "room.create", "");
        return room;
    }

    /** Somebody takes a room up as a conversation. */
    void takeUp(Room room) {
        if (room.origin() != Origin.CONVERSATION) {
            store.takeUp(room.id());
        }
    }

    /**
     * The caller's rooms, the one with the latest news first. A room that has news while somebody goes through the pages
     * moves to the first one.
     *
     * @param origins the rooms of these alone
     * @param after where the page before ended; empty for the first page
     * @param limit from 1 to {@value #LISTED}
     */
    public Page list(User caller, Set<Origin> origins, Optional<RoomPlace> after, int limit) {
        List<Room> found = store.ofMember(caller.id(), origins, after, limit + 1);
        return found.size() <= limit
                ? new Page(found, Optional.empty())
                : new Page(found.subList(0, limit), Optional.of(RoomPlace.of(found.get(limit - 1))));
    }

    public Room room(User caller, String id) {
        return store.ofMember(id, caller.id()).orElseThrow(Refusal::noSuchRoom);
    }

    public Details details(User caller, String id) {
        Room room = room(caller, id);
        List<User> members = store.members(id).stream()
                .flatMap(it -> users.byId(it).stream())
                .toList();
        return new Details(room, members);
    }

    public void rename(User caller, String id, String name) {
        room(caller, id);
        String checked = checkedName(name);
        store.rename(id, checked);
        log.append(id, List.of(new Event.RoomRenamed(checked, member(caller))));
    }

    /** Sets the model that answers in this room; empty for the installation's default. */
    public void useModel(User caller, String id, String model) {
        room(caller, id);
        checkModel(model);
        store.useModel(id, model);
        done(caller, id, "room.use-model", model);
    }

    /** Gives the room another name, another model, or both: all of it or nothing. */
    public Room change(User caller, String id, Optional<String> name, Optional<String> model) {
        Room room = room(caller, id);
        model.ifPresent(this::checkModel);
        name.ifPresent(Rooms::checkedName);
        model.ifPresent(it -> useModel(caller, id, it));
        name.ifPresent(it -> rename(caller, id, it));
        name.ifPresent(it -> takeUp(room));
        return room(caller, id);
    }

    /** Deletes the room with everything in it, for all members. */
    public void delete(User caller, String id) {
        room(caller, id);
        end(caller, id);
        done(caller, id, "room.delete", "");
    }

    /** Deletes a room, whoever its members are. */
    void end(User by, String id) {
        end(member(by), id);
    }

    void end(Member by, String id) {
        turns.stopAll(id, "The room was deleted.");
        log.append(id, List.of(new Event.RoomDeleted(by)));
        store.delete(id);
    }

    public User addMember(User caller, String id, String login) {
        Room room = room(caller, id);
        User user = users.byLogin(login.strip().toLowerCase(java.util.Locale.ROOT))
                .filter(it -> it.organisation().equals(caller.organisation()))
                .orElseThrow(
                        () -> new Refusal(Code.NO_SUCH_USER, "Nobody in your organisation signs in as " + login + "."));
        takeUp(room);
        if (store.addMember(id, user.id())) {
            done(caller, id, "room.add-member", user.id());
            log.append(id, List.of(new Event.Notice("", user.name() + " was added by " + caller.name() + ".")));
        }
        return user;
    }

    public void removeMember(User caller, String id, String userId) {
        room(caller, id);
        if (!store.isMember(id, userId)) {
            throw new Refusal(Code.NO_SUCH_USER, "There is no such member in this room.");
        }
        if (store.members(id).equals(List.of(userId))) {
            throw new Refusal(Code.CONFLICT, "The last member can't leave a room. Delete the room instead.");
        }
        done(caller, id, "room.remove-member", userId);
        leave(id, userId, users.byId(userId).map(User::name).orElse("A member"));
    }

    private void leave(String id, String userId, String name) {
        store.removeMember(id, userId);
        log.append(id, List.of(new Event.Notice("", name + " left the room.")));
    }

    /** Takes a user whose account was deleted out of their rooms; those that were theirs alone are deleted. */
    @Override
    public void left(User user) {
        for (Room room : store.ofMember(user.id(), EnumSet.allOf(Origin.class), Optional.empty(), Integer.MAX_VALUE)) {
            if (store.members(room.id()).equals(List.of(user.id()))) {
                end(user, room.id());
            } else {
                leave(room.id(), user.id(), user.name());
            }
        }
    }

    public boolean isMember(User caller, String id) {
        return store.isMember(id, caller.id());
    }

    /** Opens a room's log for reading. Close the handle when done. */
    public RoomHandle open(User caller, String id) {
        return open(room(caller, id));
    }

    /** The same, without asking whether the caller is a member: of a room that {@link #room} or a creation has just given. */
    public RoomHandle open(Room room) {
        checkPlace(room.id());
        return log.open(room.id());
    }

    /** Refuses what would take a room into memory beyond the bounds. */
    void checkPlace(String id) {
        if (!log.hasPlace(id)) {
            throw new Refusal(
                    Code.BUSY, "This server has as many rooms in use as it can hold. Please try again in a moment.");
        }
    }

    /** The room as it is now, for a snapshot; empty when it is gone. */
    public Optional<Room> now(String id) {
        return store.find(id);
    }

    /** Tells the others what a member is doing. */
    void doing(User caller, String id, Presence.State state) {
        log.append(id, List.of(new Presence(member(caller), state)));
    }

    private void done(User caller, String room, String action, String subject) {
        audit.record(Kind.ROOM, caller.who(), Where.room(room), action, subject, "");
    }

    static Member member(User user) {
        return Member.person(user.id(), user.name());
    }

    private void checkModel(String model) {
        if (!model.isEmpty() && models.model(model).isEmpty()) {
            throw unknownModel(model);
        }
    }

    /** Of a name that nobody here has heard of; where no model at all is to be had, it may be one of those. */
    Refusal unknownModel(String model) {
        if (models.specs().isEmpty()) {
            return new Refusal(Code.NOT_SERVED, new NotServed(model).detail());
        }
        String known =
                String.join(", ", models.specs().stream().map(it -> it.name()).toList());
        return new Refusal(Code.UNKNOWN_MODEL, "There is no model " + model + " here. There are: " + known + ".");
    }

    private static String checkedName(String name) {
        String stripped = name.replaceAll("[\\p{Cntrl}]+", " ").strip();
        if (stripped.length() > LONGEST_NAME) {
            throw new Refusal(Code.INVALID, "A room's name has at most " + LONGEST_NAME + " characters.");
        }
        return stripped;
    }
}
