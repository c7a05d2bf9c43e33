package dev.weir.room;

import dev.weir.identity.User;
import dev.weir.identity.Users;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rooms, members and users in memory. */
final class MemoryRooms implements RoomStore, Users {

    private final Map<String, Room> rooms = new LinkedHashMap<>();
    private final Map<String, List<String>> members = new LinkedHashMap<>();
    private final Map<String, User> users = new LinkedHashMap<>();

    void user(User user) {
        users.put(user.login(), user);
    }

    @Override
    public synchronized void create(Room room, String userId) {
        rooms.put(room.id(), room);
        members.put(room.id(), new ArrayList<>(List.of(userId)));
    }

    @Override
    public synchronized Optional<Room> find(String room) {
        return Optional.ofNullable(rooms.get(room));
    }

    @Override
    public synchronized Optional<Room> ofMember(String room, String userId) {
        return find(room).filter(it -> isMember(room, userId));
    }

    @Override
    public synchronized boolean isMember(String room, String userId) {
        return members(room).contains(userId);
    }

    @Override
    public synchronized boolean addMember(String room, String userId) {
        return !isMember(room, userId) && joined(room).add(userId);
    }

    @Override
    public synchronized void removeMember(String room, String userId) {
        joined(room).remove(userId);
    }

    private List<String> joined(String room) {
        return members.computeIfAbsent(room, it -> new ArrayList<>());
    }

    @Override
    public synchronized List<String> members(String room) {
        return List.copyOf(members.getOrDefault(room, List.of()));
    }

    @Override
    public synchronized List<Room> ofMember(
            String userId, Set<Room.Origin> origins, Optional<RoomPlace> after, int limit) {
        return rooms.values().stream()
                .filter(it -> isMember(it.id(), userId) && origins.contains(it.origin()))
                .sorted(Comparator.comparing(Room::updatedAt).reversed().thenComparing(Room::id))
                .dropWhile(it -> after.filter(place -> !isAfter(it, place)).isPresent())
                .limit(limit)
                .toList();
    }

    private static boolean isAfter(Room room, RoomPlace place) {
        int order = place.updatedAt().compareTo(room.updatedAt());
        return order > 0 || (order == 0 && room.id().compareTo(place.id()) > 0);
    }

    @Override
    public synchronized List<Size> ofAll(String search, int from, int limit) {
        return rooms.values().stream()
                .filter(it -> search.isEmpty() || it.id().equals(search))
                .skip(from)
                .limit(limit)
                .map(it -> new Size(it, members(it.id()).size(), 0))
                .toList();
    }

    @Override
    public synchronized long countOfAll(String search) {
        return ofAll(search, 0, Integer.MAX_VALUE).size();
    }

    @Override
    public synchronized void rename(String room, String name) {
        rooms.computeIfPresent(
                room, (id, it) -> new Room(id, name, it.model(), it.origin(), it.createdAt(), it.updatedAt()));
    }

    @Override
    public synchronized void useModel(String room, String model) {
        rooms.computeIfPresent(
                room, (id, it) -> new Room(id, it.name(), model, it.origin(), it.createdAt(), it.updatedAt()));
    }

    @Override
    public synchronized void takeUp(String room) {
        rooms.computeIfPresent(
                room, (id, it) -> Room.conversation(id, it.name(), it.model(), it.createdAt(), it.updatedAt()));
    }

    @Override
    public synchronized void delete(String room) {
        rooms.remove(room);
        members.remove(room);
    }

    @Override
    public Optional<User> byId(String id) {
        return users.values().stream().filter(it -> it.id().equals(id)).findFirst();
    }

    @Override
    public Optional<User> byLogin(String login) {
        return Optional.ofNullable(users.get(login));
    }

    @Override
    public Optional<String> passwordHash(String login) {
        return Optional.empty();
    }

    @Override
    public void saveOrganisation(String id, String name) {
        // organisations have no place here
    }

    @Override
    public boolean create(User user, String passwordHash) {
        return users.putIfAbsent(user.login(), user) == null;
    }

    @Override
    public void changePassword(String userId, String passwordHash) {
        // nobody signs in here
    }

    @Override
    public List<User> list(String after, int limit) {
        return List.copyOf(users.values());
    }

    @Override
    public Outcome update(User user, Optional<String> passwordHash) {
        users.put(user.login(), user);
        return Outcome.DONE;
    }

    @Override
    public Outcome remove(String userId) {
        return users.values().removeIf(it -> it.id().equals(userId)) ? Outcome.DONE : Outcome.NO_SUCH_USER;
    }

    @Override
    public Outcome forget(String userId, String by, Instant at) {
        return remove(userId);
    }

    @Override
    public boolean isEmpty() {
        return users.isEmpty();
    }
}
