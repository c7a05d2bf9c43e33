package dev.weir.store;

import dev.weir.pipeline.Policy;
import dev.weir.pipeline.PolicyJson;
import dev.weir.pipeline.PolicyStore;
import dev.weir.pipeline.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Policies of interceptors in table {@code interceptor_policy}. */
@ApplicationScoped
class JdbiPolicies implements PolicyStore {

    private final Database database;

    @Inject
    JdbiPolicies(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiPolicies() {
        this.database = null;
    }

    @Override
    public Optional<Policy> find(Scope scope) {
        return text(scope).map(PolicyJson::parse);
    }

    private Optional<String> text(Scope scope) {
        return database.read(handle -> handle.createQuery("SELECT policy FROM interceptor_policy WHERE scope = :scope")
                .bind("scope", scope.word())
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public Put put(Scope scope, Policy policy, Optional<Policy> instead) {
        try {
            while (true) {
                Optional<String> before = text(scope);
                if (instead.isPresent()
                        && !instead.get().equals(before.map(PolicyJson::parse).orElse(Policy.NONE))) {
                    return Put.CHANGED;
                }
                if (swap(scope, before, policy)) {
                    return Put.DONE;
                }
            }
        } catch (JdbiException e) {
            if (JdbiUsers.isOfForeignKey(e)) {
                return Put.NO_SUCH_SCOPE;
            }
            throw e;
        }
    }

    /** False when somebody else has changed it in between. */
    private boolean swap(Scope scope, Optional<String> before, Policy policy) {
        String json = PolicyJson.object(policy).toString();
        if (before.isEmpty()) {
            return policy.isEmpty() || insert(scope, json);
        }
        return policy.isEmpty()
                ? changed("DELETE FROM interceptor_policy WHERE scope = ? AND policy = ?", scope.word(), before.get())
                : changed(
                        "UPDATE interceptor_policy SET policy = ? WHERE scope = ? AND policy = ?",
                        json,
                        scope.word(),
                        before.get());
    }

    private boolean changed(String sql, @Nullable Object... values) {
        return database.update(sql, values) == 1;
    }

    private boolean insert(Scope scope, String json) {
        try {
            return changed(
                    "INSERT INTO interceptor_policy (scope, organisation, room, policy) VALUES (?, ?, ?, ?)",
                    scope.word(),
                    idOf(scope, Scope.Kind.ORGANISATION),
                    idOf(scope, Scope.Kind.ROOM),
                    json);
        } catch (JdbiException e) {
            if (Retry.sqlState(e).equals(JdbiUsers.UNIQUE_VIOLATION)) {
                return false;
            }
            throw e;
        }
    }

    private static @Nullable String idOf(Scope scope, Scope.Kind kind) {
        return scope.kind() == kind ? scope.id() : null;
    }

    @Override
    public List<Scope> scopes(int limit) {
        return database.read(
                handle -> handle.createQuery("SELECT scope FROM interceptor_policy ORDER BY scope LIMIT :limit")
                        .bind("limit", limit)
                        .map((row, context) -> Scope.of(row.getString("scope")))
                        .list());
    }
}
