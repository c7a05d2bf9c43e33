package dev.weir.store;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** Accounts in tables {@code account}, {@code account_role} and {@code organisation}. */
@ApplicationScoped
class JdbiUsers implements Users {

    static final String UNIQUE_VIOLATION = "23505";
    private static final Set<String> FOREIGN_KEY_VIOLATIONS = Set.of("23503", "23506");

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
        return database.read(handle -> handle.createQuery(
                        "SELECT password_hash FROM account WHERE login = :login AND disabled = FALSE")
                .bind("login", login)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public List<User> list(String after, int limit) {
        return database.read(handle -> AccountRows.users(
                handle,
                handle.createQuery("SELECT * FROM account WHERE login > :after ORDER BY login LIMIT :limit")
                        .bind("after", after)
                        .bind("limit", limit)));
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
    public Outcome update(User user, Optional<String> passwordHash) {
        try {
            return database.write(handle -> {
                lockAdministrators(handle);
                if (!user.is(Role.ADMIN) && isLastAdministrator(handle, user.id())) {
                    return Outcome.LAST_ADMINISTRATOR;
                }
                return change(handle, user, passwordHash);
            });
        } catch (JdbiException e) {
            if (isOfForeignKey(e)) {
                return Outcome.NO_SUCH_ORGANISATION;
            }
            throw e;
        }
    }

    /** True when a row refers to one that is not there, or is referred to. H2 tells these apart, PostgreSQL does not. */
    static boolean isOfForeignKey(JdbiException e) {
        return FOREIGN_KEY_VIOLATIONS.contains(Retry.sqlState(e));
    }

    private static Outcome change(Handle handle, User user, Optional<String> passwordHash) {
        int there = handle.execute(
                "UPDATE account SET name = ?, organisation = ?, disabled = ? WHERE id = ?",
                user.name(),
                user.organisation(),
                user.disabled(),
                user.id());
        if (there == 0) {
            return Outcome.NO_SUCH_USER;
        }
        handle.execute("DELETE FROM account_role WHERE account = ?", user.id());
        insertRoles(handle, user);
        passwordHash.ifPresent(
                hash -> handle.execute("UPDATE account SET password_hash = ? WHERE id = ?", hash, user.id()));
        return Outcome.DONE;
    }

    @Override
    public Outcome remove(String userId) {
        return database.write(handle -> {
            lockAdministrators(handle);
            if (isLastAdministrator(handle, userId)) {
                return Outcome.LAST_ADMINISTRATOR;
            }
            return handle.execute("DELETE FROM account WHERE id = ?", userId) == 0
                    ? Outcome.NO_SUCH_USER
                    : Outcome.DONE;
        });
    }

    @Override
    public Outcome forget(String userId, String by, Instant at) {
        return database.write(handle -> {
            lockAdministrators(handle);
            if (isLastAdministrator(handle, userId)) {
                return Outcome.LAST_ADMINISTRATOR;
            }
            boolean there = handle.execute("DELETE FROM account WHERE id = ?", userId) > 0;
            if (!there && !ErasureRows.isKnown(handle, userId)) {
                return Outcome.NO_SUCH_USER;
            }
            ErasureRows.begin(handle, userId, by, at);
            return Outcome.DONE;
        });
    }

    private static void lockAdministrators(Handle handle) {
        handle.createQuery("SELECT id FROM administrators_lock WHERE id = 1 FOR UPDATE")
                .mapTo(Integer.class)
                .one();
    }

    private static boolean isLastAdministrator(Handle handle, String userId) {
        return handle.createQuery("""
                        SELECT a.id FROM account a JOIN account_role r ON r.account = a.id
                        WHERE r.role = :admin AND a.disabled = FALSE LIMIT 2
                        """)
                .bind("admin", Role.ADMIN.word())
                .mapTo(String.class)
                .list()
                .equals(List.of(userId));
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
                "INSERT INTO account (id, login, name, organisation, password_hash, disabled) VALUES (?, ?, ?, ?, ?, ?)",
                user.id(),
                user.login(),
                user.name(),
                user.organisation(),
                passwordHash,
                user.disabled());
        insertRoles(handle, user);
    }

    private static void insertRoles(Handle handle, User user) {
        for (Role role : user.roles()) {
            handle.execute("INSERT INTO account_role (account, role) VALUES (?, ?)", user.id(), role.word());
        }
    }
}
