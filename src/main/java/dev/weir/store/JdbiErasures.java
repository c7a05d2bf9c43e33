package dev.weir.store;

import dev.weir.room.Erasure;
import dev.weir.room.ErasureStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/** Erasures in table {@code erasure}; messages keep their rows, without any text. */
@ApplicationScoped
class JdbiErasures implements ErasureStore {

    private final Database database;

    @Inject
    JdbiErasures(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiErasures() {
        this.database = null;
    }

    @Override
    public Optional<Erasure> find(String user) {
        return database.read(handle -> ErasureRows.find(handle, user));
    }

    @Override
    public List<String> unfinished(Instant begunBefore) {
        return database.read(handle -> handle.createQuery(
                        "SELECT account FROM erasure WHERE finished_at IS NULL AND begun_at < :at ORDER BY begun_at")
                .bind("at", begunBefore.toEpochMilli())
                .mapTo(String.class)
                .list());
    }

    @Override
    public List<String> rooms(String user) {
        return database.read(handle ->
                handle.createQuery("""
                        SELECT room FROM room_member WHERE account = :user
                        UNION SELECT room FROM message WHERE from_kind = 'person' AND from_id = :user
                        UNION SELECT room FROM turn WHERE requested_by_kind = 'person' AND requested_by_id = :user
                        """).bind("user", user).mapTo(String.class).list());
    }

    @Override
    public boolean hasSaid(String user, String room, String part) {
        return database.read(handle -> {
            try (Stream<String> said = handle
                    .createQuery("SELECT text FROM message WHERE room = :room"
                            + " AND from_kind = 'person' AND from_id = :user AND NOT erased")
                    .bind("room", room)
                    .bind("user", user)
                    .mapTo(String.class)
                    .stream()) {
                return said.anyMatch(it -> it.contains(part));
            }
        });
    }

    @Override
    public int eraseMessages(String user, String room, int limit) {
        return database.<Integer>write(handle -> {
            try {
                Database.lockRoom(handle, room);
            } catch (NoSuchElementException e) {
                return 0;
            }
            return ErasureRows.eraseMessages(handle, user, room, limit);
        });
    }

    @Override
    public void eraseTraces(String user, String room) {
        database.<Void>write(handle -> {
            ErasureRows.eraseTraces(handle, user, room);
            return null;
        });
    }

    @Override
    public void eraseRecords(String user) {
        database.<Void>write(handle -> {
            ErasureRows.eraseRecords(handle, user);
            return null;
        });
    }

    @Override
    public void finish(String user, Instant at) {
        database.update("UPDATE erasure SET finished_at = ? WHERE account = ?", at.toEpochMilli(), user);
    }

    @Override
    public Extent extent(String user) {
        return database.read(handle -> handle.createQuery("""
                        SELECT COUNT(*) AS rooms,
                            COALESCE(SUM(CASE WHEN others = 0 THEN 1 ELSE 0 END), 0) AS alone,
                            COALESCE(SUM(said), 0) AS said
                        FROM (SELECT
                            (SELECT COUNT(*) FROM room_member o WHERE o.room = m.room AND o.account <> :user) AS others,
                            (SELECT COUNT(*) FROM message s WHERE s.room = m.room AND s.from_kind = 'person'
                                AND s.from_id = :user AND NOT s.erased) AS said
                            FROM room_member m WHERE m.account = :user) of_room
                        """)
                .bind("user", user)
                .map((row, context) -> new Extent(row.getInt("rooms"), row.getInt("alone"), row.getLong("said")))
                .one());
    }
}
