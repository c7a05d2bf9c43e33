package dev.weir.store;

import dev.weir.identity.Organisation;
import dev.weir.identity.Organisations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;

/** Organisations in table {@code organisation}. */
@ApplicationScoped
class JdbiOrganisations implements Organisations {

    private final Database database;

    @Inject
    JdbiOrganisations(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiOrganisations() {
        this.database = null;
    }

    @Override
    public Optional<Organisation> find(String id) {
        return database.read(handle -> handle.createQuery("SELECT * FROM organisation WHERE id = :id")
                .bind("id", id)
                .map(JdbiOrganisations::organisation)
                .findOne());
    }

    @Override
    public List<Organisation> list(String after, int limit) {
        return database.read(
                handle -> handle.createQuery("SELECT * FROM organisation WHERE id > :after ORDER BY id LIMIT :limit")
                        .bind("after", after)
                        .bind("limit", limit)
                        .map(JdbiOrganisations::organisation)
                        .list());
    }

    @Override
    public void create(Organisation organisation) {
        database.update("INSERT INTO organisation (id, name) VALUES (?, ?)", organisation.id(), organisation.name());
    }

    @Override
    public boolean rename(String id, String name) {
        return database.update("UPDATE organisation SET name = ? WHERE id = ?", name, id) == 1;
    }

    @Override
    public boolean delete(String id) {
        try {
            database.update("DELETE FROM organisation WHERE id = ?", id);
            return true;
        } catch (JdbiException e) {
            if (JdbiUsers.isOfForeignKey(e)) {
                return false;
            }
            throw e;
        }
    }

    private static Organisation organisation(ResultSet row, StatementContext context) throws SQLException {
        return new Organisation(row.getString("id"), row.getString("name"));
    }
}
