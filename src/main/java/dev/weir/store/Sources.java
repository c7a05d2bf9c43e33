package dev.weir.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Where connections come from: our own pool, or the server's data source. */
final class Sources {

    private Sources() {}

    static DataSource open(DatabaseSettings settings) {
        return settings.jndi().map(Sources::ofServer).orElseGet(() -> pool(settings));
    }

    @SuppressWarnings("BanJNDI") // The name is the operator's, from the configuration; no user has a part in it.
    private static DataSource ofServer(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException | ClassCastException e) {
            throw new DatabaseUnavailable(
                    "The server has no data source named " + name
                            + ". Create it in the server, or correct or remove weir.database.jndi.",
                    e);
        }
    }

    private static DataSource pool(DatabaseSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("weir");
        config.setJdbcUrl(settings.url());
        settings.driver().ifPresent(config::setDriverClassName);
        if (!settings.user().isEmpty()) {
            config.setUsername(settings.user());
        }
        if (!settings.password().isEmpty()) {
            config.setPassword(settings.password());
        }
        if (settings.isPostgres()) {
            // PostgreSQL quotes the row in the detail of an error, and errors go to the log.
            config.addDataSourceProperty("logServerErrorDetail", "false");
        }
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(2, settings.poolSize()));
        return new HikariDataSource(config);
    }
}
