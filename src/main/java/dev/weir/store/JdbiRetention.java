package dev.weir.store;

import dev.weir.room.RetentionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is too old in tables {@code room}, {@code message} and {@code turn}. */
@ApplicationScoped
class JdbiRetention implements RetentionStore {

    private final Database database;

    @Inject
    JdbiRetention(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiRetention() {
        this.database = null;
    }

    @Override
    public List<String> unusedSince(Instant moment, int limit) {
        return database.read(handle -> handle.createQuery(
                        "SELECT id FROM room WHERE updated_at < :at ORDER BY updated_at LIMIT :limit")
                .bind("at", moment.toEpochMilli())
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
    }

    @Override
    public Deleted deleteMessages(Instant before, int limit) {
        return database.write(handle -> {
            Map<String, String> found = new TreeMap<>(handle.createQuery(
                            "SELECT id, room FROM message WHERE said_at < :at AND writer IS NULL ORDER BY said_at LIMIT :limit")
                    .bind("at", before.toEpochMilli())
                    .bind("limit", limit)
                    .map((row, context) -> Map.entry(row.getString("id"), row.getString("room")))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
            if (found.isEmpty()) {
                return new Deleted(0, Set.of());
            }
            Set<String> rooms = new HashSet<>(found.values());
            handle.createUpdate("DELETE FROM message WHERE id IN (<ids>)")
                    .bindList("ids", List.copyOf(found.keySet()))
                    .execute();
            handle.createUpdate("DELETE FROM turn WHERE room IN (<rooms>) AND started_at < :at AND NOT EXISTS"
                            + " (SELECT 1 FROM message m WHERE m.room = turn.room AND m.turn = turn.id)")
                    .bindList("rooms", List.copyOf(rooms))
                    .bind("at", before.toEpochMilli())
                    .execute();
            return new Deleted(found.size(), rooms);
        });
    }

    @Override
    public Set<String> quietSince(Instant moment, Set<String> rooms) {
        return rooms.isEmpty()
                ? Set.of()
                : database.read(handle -> handle.createQuery("SELECT id FROM room r WHERE id IN (<rooms>)"
                                + " AND updated_at < :at AND NOT EXISTS"
                                + " (SELECT 1 FROM message m WHERE m.room = r.id AND m.writer IS NOT NULL)")
                        .bindList("rooms", List.copyOf(rooms))
                        .bind("at", moment.toEpochMilli())
                        .mapTo(String.class)
                        .collect(Collectors.toSet()));
    }
}
