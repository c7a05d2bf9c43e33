package dev.weir.store;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads users from tables {@code account} and {@code account_role}. */
final class AccountRows {

    private AccountRows() {}

    /**
     * The user that the query finds.
     *
     * @param query selects at most one row of {@code account}
     */
    static Optional<User> user(Handle handle, Query query) {
        return query.map((row, context) -> new User(
                        row.getString("id"),
                        row.getString("login"),
                        row.getString("name"),
                        row.getString("organisation"),
                        Set.of()))
                .findOne()
                .map(user -> withRoles(handle, user));
    }

    private static User withRoles(Handle handle, User user) {
        Set<Role> roles = handle.createQuery("SELECT role FROM account_role WHERE account = :id")
                .bind("id", user.id())
                .mapTo(String.class)
                .map(Role::of)
                .set();
        return new User(user.id(), user.login(), user.name(), user.organisation(), roles);
    }
}
