package dev.weir.store;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Accounts in tables {@code account}, {@code account_role} and {@code organisation}. */
@ApplicationScoped
class JdbiUsers implements Users {

    private static final String UNIQUE_VIOLATION = "23505";

    private final Database database;

    @Inject
    JdbiUsers(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiUsers() {
        this.database = null;
    }

    @Override
    public Optional<User> byId(String id) {
        return database.read(handle -> AccountRows.user(
                handle,
                handle.createQuery("SELECT * FROM account WHERE id = :id").bind("id", id)));
    }

    @Override
    public Optional<User> byLogin(String login) {
        return database.read(handle -> AccountRows.user(
                handle,
                handle.createQuery("SELECT * FROM account WHERE login = :login").bind("login", login)));
    }

    @Override
    public Optional<String> passwordHash(String login) {
        return database.read(handle -> handle.createQuery("SELECT password_hash FROM account WHERE login = :login")
                .bind("login", login)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void saveOrganisation(String id, String name) {
        try {
            database.update(
                    "INSERT INTO organisation (id, name) SELECT ?, ?"
                            + " WHERE NOT EXISTS (SELECT 1 FROM organisation WHERE id = ?)",
                    id,
                    name,
                    id);
        } catch (JdbiException e) {
            if (!Retry.sqlState(e).equals(UNIQUE_VIOLATION)) {
                throw e;
            }
            // Another node made it at the same moment: it is there.
        }
    }

    @Override
    public boolean create(User user, String passwordHash) {
        try {
            return database.write(handle -> {
                boolean free = !loginTaken(handle, user.login());
                if (free) {
                    insert(handle, user, passwordHash);
                }
                return free;
            });
        } catch (JdbiException e) {
            // Another node may have taken the login since we looked.
            if (Retry.sqlState(e).equals(UNIQUE_VIOLATION)
                    && byLogin(user.login()).isPresent()) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void changePassword(String userId, String passwordHash) {
        database.update("UPDATE account SET password_hash = ? WHERE id = ?", passwordHash, userId);
    }

    @Override
    public boolean isEmpty() {
        return database.read(handle -> handle.createQuery("SELECT id FROM account LIMIT 1")
                .mapTo(String.class)
                .findOne()
                .isEmpty());
    }

    private static boolean loginTaken(Handle handle, String login) {
        return handle.createQuery("SELECT id FROM account WHERE login = :login")
                .bind("login", login)
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private static void insert(Handle handle, User user, String passwordHash) {
        handle.execute(
                "INSERT INTO account (id, login, name, organisation, password_hash) VALUES (?, ?, ?, ?, ?)",
                user.id(),
                user.login(),
                user.name(),
                user.organisation(),
                passwordHash);
        for (Role role : user.roles()) {
            handle.execute("INSERT INTO account_role (account, role) VALUES (?, ?)", user.id(), role.word());
        }
    }
}
