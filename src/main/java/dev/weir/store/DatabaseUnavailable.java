package dev.weir.store;

import java.sql.SQLException;
import java.util.Optional;

/** The database can't be used; the message says why and what to do, without secrets. */
public final class DatabaseUnavailable extends RuntimeException {

    private static final String H2_FILE_IN_USE = "90020";

    DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }

    static DatabaseUnavailable because(DatabaseSettings settings, RuntimeException cause) {
        if (cause instanceof DatabaseUnavailable already) {
            return already;
        }
        return new DatabaseUnavailable(explain(settings, cause), cause);
    }

    private static String explain(DatabaseSettings settings, RuntimeException cause) {
        Optional<SQLException> sql = sql(cause);
        String state = sql.map(SQLException::getSQLState).orElse("");
        if (state.equals(H2_FILE_IN_USE)) {
            return "The database file of " + settings + " is in use by another process. Stop the other Weir, choose"
                    + " another weir.data.dir, or use PostgreSQL (weir.database.url), which several nodes can share.";
        }
        if (state.startsWith("28")) {
            return "The database at " + settings + " refuses the user or the password. Check weir.database.user and"
                    + " weir.database.password.";
        }
        if (state.startsWith("08")) {
            return "The database at " + settings + " can't be reached. Check that it runs and that weir.database.url"
                    + " is right.";
        }
        String why = sql.map(SQLException::getMessage).orElseGet(() -> String.valueOf(cause.getMessage()));
        return "The database at " + settings + " can't be used: " + why;
    }

    /** The innermost SQL exception: the database's own words. */
    private static Optional<SQLException> sql(Throwable thrown) {
        Optional<SQLException> found = Optional.empty();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                found = Optional.of(sql);
            }
        }
        return found;
    }
}
