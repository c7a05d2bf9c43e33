package dev.weir.store;

import dev.weir.event.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** What the nodes that use one database have in common, and nobody else has. Thread-safe. */
@ApplicationScoped
public class Installation {

    private final Database database;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Installation() {
        this(null);
    }

    @Inject
    public Installation(Database database) {
        this.database = database;
    }

    /** Whether a node in another process can use the same database. */
    public boolean isShared() {
        return database.isShared();
    }

    /**
     * The same for all nodes of this database, and another for every other, also for a copy under another name: random
     * letters and digits, and the database's own name. Blocks.
     */
    public String name() {
        Optional<String> found = find();
        if (found.isEmpty()) {
            make();
            found = find();
        }
        return found.orElseThrow() + "-" + catalogue().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "");
    }

    private Optional<String> find() {
        return database.read(handle -> handle.createQuery("SELECT name FROM installation WHERE id = 1")
                .mapTo(String.class)
                .findOne());
    }

    /** Does nothing when another node was faster. */
    private void make() {
        try {
            database.update(
                    "INSERT INTO installation (id, name, created_at) VALUES (1, ?, ?)",
                    Ids.next(),
                    Instant.now().toEpochMilli());
        } catch (JdbiException e) {
            if (!Retry.sqlState(e).equals(JdbiUsers.UNIQUE_VIOLATION)) {
                throw e;
            }
        }
    }

    private String catalogue() {
        return database.read(handle -> {
            try {
                String name = handle.getConnection().getCatalog();
                return name == null ? "" : name;
            } catch (SQLException e) {
                throw new IllegalStateException("The database does not tell its name.", e);
            }
        });
    }
}
