package dev.weir.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.weir.figure.Part.Level;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How full the pool of connections is. */
final class PoolLevels {

    private PoolLevels() {}

    /** @param source gives null while the database is closed */
    static List<Level> of(Supplier<@Nullable DataSource> source) {
        return List.of(
                new Level(
                        "database_connections_active",
                        "Connections to the database that are in use.",
                        pool(source, HikariPoolMXBean::getActiveConnections)),
                new Level(
                        "database_connections_idle",
                        "Connections to the database that wait to be used.",
                        pool(source, HikariPoolMXBean::getIdleConnections)),
                new Level(
                        "database_connections_limit",
                        "The most connections to the database that may be open (weir.database.pool-size).",
                        () -> source.get() instanceof HikariDataSource pool ? pool.getMaximumPoolSize() : Double.NaN),
                new Level(
                        "database_threads_waiting",
                        "Threads that wait for a connection to the database.",
                        pool(source, HikariPoolMXBean::getThreadsAwaitingConnection)));
    }

    private static DoubleSupplier pool(Supplier<@Nullable DataSource> source, ToIntFunction<HikariPoolMXBean> level) {
        return () -> {
            HikariPoolMXBean pool =
                    source.get() instanceof HikariDataSource hikari ? hikari.getHikariPoolMXBean() : null;
            return pool == null ? Double.NaN : level.applyAsInt(pool);
        };
    }
}
