package dev.weir.store;

import dev.weir.room.Room;
import dev.weir.room.RoomPlace;
import dev.weir.room.RoomStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Rooms in tables {@code room} and {@code room_member}. Moments are kept to the millisecond. */
@ApplicationScoped
class JdbiRoomStore implements RoomStore {

    private final Database database;

    @Inject
    JdbiRoomStore(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiRoomStore() {
        this.database = null;
    }

    @Override
    public void create(Room room, String userId) {
        database.<Void>write(handle -> {
            handle.execute(
                    "INSERT INTO room (id, name, model, origin, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
                    room.id(),
                    room.name(),
                    room.model(),
                    room.origin().word(),
                    room.createdAt().toEpochMilli(),
                    room.updatedAt().toEpochMilli());
            insertMember(handle, room.id(), userId);
            return null;
        });
    }

    @Override
    public Optional<Room> find(String room) {
        return database.read(handle -> handle.createQuery("SELECT * FROM room WHERE id = :room")
                .bind("room", room)
                .map(JdbiRoomStore::room)
                .findOne());
    }

    @Override
    public Optional<Room> ofMember(String room, String userId) {
        return database.read(handle -> handle.createQuery("""
                        SELECT r.* FROM room r JOIN room_member m ON m.room = r.id
                        WHERE r.id = :room AND m.account = :user
                        """)
                .bind("room", room)
                .bind("user", userId)
                .map(JdbiRoomStore::room)
                .findOne());
    }

    @Override
    public boolean isMember(String room, String userId) {
        return database.read(handle -> isMember(handle, room, userId));
    }

    @Override
    public boolean addMember(String room, String userId) {
        return database.write(handle -> {
            Database.lockRoom(handle, room);
            if (isMember(handle, room, userId)) {
                return false;
            }
            insertMember(handle, room, userId);
            return true;
        });
    }

    @Override
    public void removeMember(String room, String userId) {
        database.update("DELETE FROM room_member WHERE room = ? AND account = ?", room, userId);
    }

    @Override
    public List<String> members(String room) {
        return database.read(
                handle -> handle.createQuery("SELECT account FROM room_member WHERE room = :room ORDER BY joined")
                        .bind("room", room)
                        .mapTo(String.class)
                        .list());
    }

    @Override
    public List<Room> ofMember(String userId, Set<Room.Origin> origins, Optional<RoomPlace> after, int limit) {
        return database.read(handle -> handle.createQuery("""
                        SELECT r.* FROM room r JOIN room_member m ON m.room = r.id
                        WHERE m.account = :user AND r.origin IN (<origins>)
                            AND (r.updated_at < :at OR (r.updated_at = :at AND r.id > :id))
                        ORDER BY r.updated_at DESC, r.id LIMIT :limit
                        """)
                .bind("user", userId)
                .bindList("origins", origins.stream().map(Room.Origin::word).toList())
                .bind("at", after.map(it -> it.updatedAt().toEpochMilli()).orElse(Long.MAX_VALUE))
                .bind("id", after.map(RoomPlace::id).orElse(""))
                .bind("limit", limit)
                .map(JdbiRoomStore::room)
                .list());
    }

    @Override
    public List<Size> ofAll(String search, int from, int limit) {
        return database.read(handle -> FoundRooms.query(handle, """
                        SELECT r.*,
                            (SELECT COUNT(*) FROM room_member m WHERE m.room = r.id) AS members,
                            (SELECT COUNT(*) FROM message s WHERE s.room = r.id AND NOT s.superseded) AS messages
                        FROM room r WHERE %s ORDER BY r.updated_at DESC, r.id LIMIT :limit OFFSET :from
                        """, search)
                .bind("limit", limit)
                .bind("from", from)
                .map((row, context) -> new Size(room(row, context), row.getInt("members"), row.getLong("messages")))
                .list());
    }

    @Override
    public long countOfAll(String search) {
        return database.read(handle -> FoundRooms.query(handle, "SELECT COUNT(*) FROM room r WHERE %s", search)
                .mapTo(Long.class)
                .one());
    }

    @Override
    public void rename(String room, String name) {
        database.<Integer>writeBehind(handle -> handle.execute("UPDATE room SET name = ? WHERE id = ?", name, room));
    }

    @Override
    public void useModel(String room, String model) {
        database.update("UPDATE room SET model = ? WHERE id = ?", model, room);
    }

    @Override
    public void takeUp(String room) {
        database.update("UPDATE room SET origin = ? WHERE id = ?", Room.Origin.CONVERSATION.word(), room);
    }

    @Override
    public void delete(String room) {
        database.update("DELETE FROM room WHERE id = ?", room);
    }

    private static boolean isMember(Handle handle, String room, String userId) {
        return handle.createQuery("SELECT 1 FROM room_member WHERE room = :room AND account = :user")
                .bind("room", room)
                .bind("user", userId)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static void insertMember(Handle handle, String room, String userId) {
        handle.execute("INSERT INTO room_member (room, account) VALUES (?, ?)", room, userId);
    }

    private static Room room(ResultSet row, StatementContext context) throws SQLException {
        return new Room(
                row.getString("id"),
                row.getString("name"),
                row.getString("model"),
                Room.Origin.of(row.getString("origin")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }
}
