package dev.weir.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which database, and how to reach it.
 *
 * @param url JDBC address
 * @param user empty for none
 * @param password empty for none
 * @param poolSize the most connections that are open at a time, at least 1
 * @param jndi the name of the server's own data source; when present nothing else here counts
 */
public record DatabaseSettings(String url, String user, String password, int poolSize, Optional<String> jndi) {

    /**
     * {@code WRITE_DELAY=0}: what was committed outlives the process, even when it is killed. {@code LOCK_TIMEOUT}:
     * milliseconds. {@code QUERY_CACHE_SIZE}: how many statements a connection need not parse again; by default 8, fewer
     * than a turn has.
     */
    static final String H2_OPTIONS = ";WRITE_DELAY=0;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=128";

    /** The server's shutdown closes it, not a hook that runs before. */
    private static final String CLOSED_BY_THE_SERVER = ";DB_CLOSE_ON_EXIT=FALSE";

    public DatabaseSettings {
        if (poolSize < 1) {
            throw new IllegalArgumentException("weir.database.pool-size is " + poolSize + ". Use 1 or more.");
        }
    }

    /** Settings without the server's data source and with the default size of the pool. */
    public static DatabaseSettings of(String url, String user, String password) {
        return new DatabaseSettings(url, user, password, 10, Optional.empty());
    }

    /** The embedded database in a folder, which is made when it is missing. */
    public static DatabaseSettings embedded(Path folder) {
        return of(embeddedUrl(folder), "weir", "");
    }

    /**
     * Reads {@code weir.database.*}.
     *
     * @param config gives the value of a key; empty when it isn't set
     */
    public static DatabaseSettings read(Function<String, Optional<String>> config) {
        Optional<String> url = config.apply("weir.database.url");
        Path folder = Path.of(config.apply("weir.data.dir").orElse("data"));
        return new DatabaseSettings(
                url.orElseGet(() -> embeddedUrl(folder)),
                config.apply("weir.database.user").orElse(url.isPresent() ? "" : "weir"),
                config.apply("weir.database.password").orElse(""),
                config.apply("weir.database.pool-size")
                        .map(DatabaseSettings::number)
                        .orElse(10),
                config.apply("weir.database.jndi"));
    }

    /** For reading only, of what is there. */
    DatabaseSettings asItIs() {
        boolean file = isEmbedded() && url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:file:");
        return file
                ? new DatabaseSettings(url + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r", user, password, poolSize, jndi)
                : this;
    }

    /** The address without what may follow it: parameters can hold a password. */
    String shownUrl() {
        return url.replaceFirst("[;?].*", "").replaceFirst("//[^/@]*@", "//");
    }

    /** True for H2, mostly in this process: one commit at a time, and each of them a write to its file. */
    boolean isEmbedded() {
        return jndi.isEmpty() && url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:");
    }

    /** True for the embedded database in a file that this process alone has open. */
    boolean isOwnFile() {
        return isEmbedded() && !isShared() && url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:file:");
    }

    /** False for an H2 database that is opened by one process alone. */
    boolean isShared() {
        String lower = url.toLowerCase(Locale.ROOT);
        boolean served = lower.startsWith("jdbc:h2:tcp:")
                || lower.startsWith("jdbc:h2:ssl:")
                || lower.contains(";auto_server=true");
        return !isEmbedded() || served;
    }

    /** The driver's class. Named, because a WAR's drivers don't register themselves. Empty: whatever is registered. */
    Optional<String> driver() {
        if (url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:")) {
            return Optional.of("org.h2.Driver");
        }
        return isPostgres() ? Optional.of("org.postgresql.Driver") : Optional.empty();
    }

    boolean isPostgres() {
        return url.toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:");
    }

    static String embeddedUrl(Path folder) {
        return "jdbc:h2:file:" + folder.toAbsolutePath().normalize().resolve("weir") + CLOSED_BY_THE_SERVER
                + H2_OPTIONS;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("weir.database.pool-size is not a number: " + text, e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return jndi.map(name -> "data source " + name).orElseGet(this::shownUrl);
    }
}
