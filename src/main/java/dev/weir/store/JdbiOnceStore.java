package dev.weir.store;

import dev.weir.room.OnceStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/** What was done under an idempotency key, in table {@code done_once}. */
@ApplicationScoped
class JdbiOnceStore implements OnceStore {

    private final Database database;

    @Inject
    JdbiOnceStore(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiOnceStore() {
        this.database = null;
    }

    @Override
    public Optional<Kept> claim(String id, String fingerprint, Instant now, Instant abandonedBefore) {
        while (true) {
            if (insert(id, fingerprint, now)) {
                return Optional.empty();
            }
            Optional<Kept> kept = find(id);
            if (kept.isPresent()) {
                return takeOver(id, fingerprint, now, abandonedBefore) ? Optional.empty() : kept;
            }
        }
    }

    private boolean insert(String id, String fingerprint, Instant now) {
        try {
            return database.update(
                            "INSERT INTO done_once (id, fingerprint, started_at) SELECT ?, ?, ?"
                                    + " WHERE NOT EXISTS (SELECT 1 FROM done_once WHERE id = ?)",
                            id,
                            fingerprint,
                            now.toEpochMilli(),
                            id)
                    == 1;
        } catch (JdbiException e) {
            if (Retry.sqlState(e).equals(JdbiUsers.UNIQUE_VIOLATION)) {
                return false;
            }
            throw e;
        }
    }

    private Optional<Kept> find(String id) {
        return database.read(handle -> handle.createQuery("SELECT fingerprint, answer FROM done_once WHERE id = :id")
                .bind("id", id)
                .map((row, context) ->
                        new Kept(row.getString("fingerprint"), Optional.ofNullable(row.getString("answer"))))
                .findOne());
    }

    /** Only of somebody who wanted the same. */
    private boolean takeOver(String id, String fingerprint, Instant now, Instant abandonedBefore) {
        return database.update(
                        "UPDATE done_once SET started_at = ?"
                                + " WHERE id = ? AND fingerprint = ? AND answer IS NULL AND started_at < ?",
                        now.toEpochMilli(),
                        id,
                        fingerprint,
                        abandonedBefore.toEpochMilli())
                == 1;
    }

    @Override
    public void keep(String id, String answer) {
        database.update("UPDATE done_once SET answer = ? WHERE id = ?", answer, id);
    }

    @Override
    public void release(String id) {
        database.update("DELETE FROM done_once WHERE id = ? AND answer IS NULL", id);
    }

    @Override
    public void forget(Instant before) {
        database.update("DELETE FROM done_once WHERE started_at < ?", before.toEpochMilli());
    }
}
