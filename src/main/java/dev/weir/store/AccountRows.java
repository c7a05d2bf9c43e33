package dev.weir.store;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads users from tables {@code account} and {@code account_role}. */
final class AccountRows {

    private AccountRows() {}

    /**
     * The user that the query finds.
     *
     * @param query selects at most one row of {@code account}
     */
    static Optional<User> user(Handle handle, Query query) {
        return query.map(AccountRows::withoutRoles).findOne().map(user -> withRoles(handle, user));
    }

    /** The users that the query finds, in its order. */
    static List<User> users(Handle handle, Query query) {
        return query.map(AccountRows::withoutRoles).list().stream()
                .map(user -> withRoles(handle, user))
                .toList();
    }

    private static User withoutRoles(ResultSet row, StatementContext context) throws SQLException {
        return new User(
                row.getString("id"),
                row.getString("login"),
                row.getString("name"),
                row.getString("organisation"),
                Set.of(),
                Set.of(),
                row.getBoolean("disabled"));
    }

    private static User withRoles(Handle handle, User user) {
        Set<Role> roles = handle.createQuery("SELECT role FROM account_role WHERE account = :id")
                .bind("id", user.id())
                .mapTo(String.class)
                .map(Role::of)
                .set();
        return new User(user.id(), user.login(), user.name(), user.organisation(), roles, Set.of(), user.disabled());
    }
}
