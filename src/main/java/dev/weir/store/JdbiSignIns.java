package dev.weir.store;

import dev.weir.identity.SignIns;
import dev.weir.identity.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/** Sign-ins in table {@code sign_in}. */
@ApplicationScoped
class JdbiSignIns implements SignIns {

    private final Database database;

    @Inject
    JdbiSignIns(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiSignIns() {
        this.database = null;
    }

    @Override
    public void save(String tokenHash, String userId, Instant expires) {
        database.<Void>write(handle -> {
            handle.execute("DELETE FROM sign_in WHERE token_hash = ?", tokenHash);
            handle.execute(
                    "INSERT INTO sign_in (token_hash, account, expires_at) VALUES (?, ?, ?)",
                    tokenHash,
                    userId,
                    expires.toEpochMilli());
            return null;
        });
    }

    @Override
    public Optional<User> find(String tokenHash, Instant now) {
        return database.read(handle -> AccountRows.user(
                handle, handle.createQuery("""
                                SELECT a.* FROM account a JOIN sign_in s ON s.account = a.id
                                WHERE s.token_hash = :hash AND s.expires_at > :now AND a.disabled = FALSE
                                """).bind("hash", tokenHash).bind("now", now.toEpochMilli())));
    }

    @Override
    public void delete(String tokenHash) {
        database.update("DELETE FROM sign_in WHERE token_hash = ?", tokenHash);
    }

    @Override
    public void deleteAll(String userId) {
        database.update("DELETE FROM sign_in WHERE account = ?", userId);
    }

    @Override
    public void deleteOthers(String userId, String tokenHash) {
        database.update("DELETE FROM sign_in WHERE account = ? AND token_hash <> ?", userId, tokenHash);
    }

    @Override
    public void deleteExpired(Instant now) {
        database.update("DELETE FROM sign_in WHERE expires_at <= ?", now.toEpochMilli());
    }
}
