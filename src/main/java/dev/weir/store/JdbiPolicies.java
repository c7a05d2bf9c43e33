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
        return database.read(handle -> handle.createQuery("SELECT policy FROM interceptor_policy WHERE scope = :scope")
                .bind("scope", scope.word())
                .mapTo(String.class)
                .findOne()
                .map(PolicyJson::parse));
    }

    @Override
    public boolean put(Scope scope, Policy policy) {
        String json = PolicyJson.object(policy).toString();
        try {
            while (!update(scope, json) && !insert(scope, json)) {
                // somebody else has made the row, or taken it away, in between
            }
            return true;
        } catch (JdbiException e) {
            if (JdbiUsers.isOfForeignKey(e)) {
                return false;
            }
            throw e;
        }
    }

    private boolean update(Scope scope, String json) {
        return database.update("UPDATE interceptor_policy SET policy = ? WHERE scope = ?", json, scope.word()) == 1;
    }

    private boolean insert(Scope scope, String json) {
        try {
            return database.update(
                            "INSERT INTO interceptor_policy (scope, organisation, room, policy) VALUES (?, ?, ?, ?)",
                            scope.word(),
                            idOf(scope, Scope.Kind.ORGANISATION),
                            idOf(scope, Scope.Kind.ROOM),
                            json)
                    == 1;
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
    public void remove(Scope scope) {
        database.update("DELETE FROM interceptor_policy WHERE scope = ?", scope.word());
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
