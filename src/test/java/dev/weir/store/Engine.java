package dev.weir.store;

import dev.weir.event.Ids;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;

/** The database systems that the ports are tested on. */
enum Engine {
    H2 {
        @Override
        DatabaseSettings settings() {
            return DatabaseSettings.of("jdbc:h2:mem:" + Ids.next() + ";LOCK_TIMEOUT=10000", "weir", "");
        }
    },
    POSTGRESQL {
        @Override
        DatabaseSettings settings() {
            String name = "weir_" + Ids.next();
            try (Connection connection = Postgres.SERVER.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return DatabaseSettings.of(Postgres.SERVER.getJdbcUrl("postgres", name), "postgres", "postgres");
        }
    };

    private static final Map<Engine, Database> SHARED = new EnumMap<>(Engine.class);

    /** A new, empty database on this engine. */
    abstract DatabaseSettings settings();

    /** A started database that all tests of this run use together. */
    Database shared() {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(this, Engine::started);
        }
    }

    Database started() {
        Database database = new Database(settings());
        database.start();
        return database;
    }

    /** One server for the whole run; it ends with the JVM. */
    private static final class Postgres {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                        .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
