package dev.weir.store;

import dev.weir.identity.ApiKey;
import dev.weir.identity.ApiKeys;
import dev.weir.identity.User;
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

/** API keys in table {@code api_key}. */
@ApplicationScoped
class JdbiApiKeys implements ApiKeys {

    private static final String SEPARATOR = "\n";

    private final Database database;

    @Inject
    JdbiApiKeys(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiApiKeys() {
        this.database = null;
    }

    @Override
    public void save(ApiKey key, String hash) {
        database.update(
                "INSERT INTO api_key (id, hash, name, account, start_text, created_at, expires_at, models)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                key.id(),
                hash,
                key.name(),
                key.owner(),
                key.start(),
                key.createdAt().toEpochMilli(),
                key.expiresAt().map(Instant::toEpochMilli).orElse(null),
                String.join(SEPARATOR, key.models()));
    }

    @Override
    public Optional<Owned> find(String hash) {
        return database.read(handle -> handle.createQuery("SELECT * FROM api_key WHERE hash = :hash")
                .bind("hash", hash)
                .map(JdbiApiKeys::key)
                .findOne()
                .flatMap(key -> owner(handle, key).map(owner -> new Owned(key, owner))));
    }

    private static Optional<User> owner(Handle handle, ApiKey key) {
        return AccountRows.user(
                handle,
                handle.createQuery("SELECT * FROM account WHERE id = :id").bind("id", key.owner()));
    }

    @Override
    public Optional<ApiKey> byId(String id) {
        return database.read(handle -> handle.createQuery("SELECT * FROM api_key WHERE id = :id")
                .bind("id", id)
                .map(JdbiApiKeys::key)
                .findOne());
    }

    @Override
    public List<ApiKey> all() {
        return database.read(handle -> handle.createQuery("SELECT * FROM api_key ORDER BY created_at DESC, id")
                .map(JdbiApiKeys::key)
                .list());
    }

    @Override
    public List<ApiKey> of(String owner) {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM api_key WHERE account = :owner ORDER BY created_at DESC, id")
                .bind("owner", owner)
                .map(JdbiApiKeys::key)
                .list());
    }

    @Override
    public void delete(String id) {
        database.update("DELETE FROM api_key WHERE id = ?", id);
    }

    @Override
    public void used(String id, Instant at) {
        database.update("UPDATE api_key SET last_used_at = ? WHERE id = ?", at.toEpochMilli(), id);
    }

    private static ApiKey key(ResultSet row, StatementContext context) throws SQLException {
        String models = row.getString("models");
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                row.getString("account"),
                row.getString("start_text"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                moment(row, "expires_at"),
                models.isEmpty() ? Set.of() : Set.of(models.split(SEPARATOR)),
                moment(row, "last_used_at"));
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
