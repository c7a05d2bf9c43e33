package dev.weir.store;

import dev.weir.turn.Membership;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Table {@code node}. Changes of who takes part come one after the other: each locks the row of the installation. */
@ApplicationScoped
class JdbiMembership implements Membership {

    /** By the database's clock, so that nodes' clocks may differ. */
    private static final String NOW = "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";

    private final Database database;

    @Inject
    JdbiMembership(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiMembership() {
        this.database = null;
    }

    @Override
    public Set<String> join(String node, Set<String> seen) {
        return database.write(handle -> {
            lock(handle);
            handle.createUpdate("DELETE FROM node WHERE seen_at < " + NOW + " - :silence AND id NOT IN (<seen>)")
                    .bind("silence", SILENCE.toMillis())
                    .bindList("seen", seen)
                    .execute();
            Set<String> unseen = handle.createQuery("SELECT id FROM node").mapTo(String.class).stream()
                    .filter(it -> !seen.contains(it))
                    .collect(Collectors.toSet());
            if (unseen.isEmpty()) {
                handle.execute("DELETE FROM node WHERE id = ?", node);
                handle.execute("INSERT INTO node (id, joined_at, seen_at) VALUES (?, " + NOW + ", " + NOW + ")", node);
            }
            return unseen;
        });
    }

    @Override
    public boolean beat(String node) {
        return database.write(
                handle -> handle.execute("UPDATE node SET seen_at = " + NOW + " WHERE id = ?", node) == 1);
    }

    @Override
    public boolean takeOut(Set<String> gone, String node) {
        return database.write(handle -> {
            lock(handle);
            boolean takesPart = handle.createQuery("SELECT COUNT(*) FROM node WHERE id = :node")
                    .bind("node", node)
                    .mapTo(Long.class)
                    .one()
                    .equals(1L);
            if (takesPart) {
                gone.forEach(it -> handle.execute("DELETE FROM node WHERE id = ?", it));
            }
            return takesPart;
        });
    }

    @Override
    public void leave(String node) {
        database.<Integer>write(handle -> handle.execute("DELETE FROM node WHERE id = ?", node));
    }

    private static void lock(Handle handle) {
        handle.createQuery("SELECT id FROM installation WHERE id = 1 FOR UPDATE")
                .mapTo(Long.class)
                .list();
    }
}
