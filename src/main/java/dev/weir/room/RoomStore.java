package dev.weir.room;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where rooms and their members are kept. Methods block on the database. Thread-safe. */
public interface RoomStore {

    /** Creates the room with its first member. */
    void create(Room room, String userId);

    Optional<Room> find(String room);

    /** The room, if it is there and that user is a member. */
    Optional<Room> ofMember(String room, String userId);

    boolean isMember(String room, String userId);

    /** Returns false when the user is a member already. */
    boolean addMember(String room, String userId);

    void removeMember(String room, String userId);

    /** The members' user ids, in the order they joined. */
    List<String> members(String room);

    /**
     * The rooms of these origins that a user is a member of, the one with the latest news first; those after a place, where
     * there is one.
     */
    List<Room> ofMember(String userId, Set<Room.Origin> origins, Optional<RoomPlace> after, int limit);

    /**
     * Rooms of everybody, the one with the latest news first.
     *
     * @param search an id, or a part of a member's login or name in any case; empty for every room
     * @param from how many to leave out at the beginning, at least 0
     * @param limit at least 1
     */
    List<Size> ofAll(String search, int from, int limit);

    /** How many rooms {@link #ofAll} finds. */
    long countOfAll(String search);

    /**
     * How large a room is.
     *
     * @param messages what stands in its conversation now, answers included
     */
    record Size(Room room, int members, long messages) {}

    void rename(String room, String name);

    void useModel(String room, String model);

    /** Makes a conversation of a room, whatever it was made for. */
    void takeUp(String room);

    /** Removes the room, its members and all its messages. */
    void delete(String room);
}
