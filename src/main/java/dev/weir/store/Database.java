package dev.weir.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.weir.figure.Part;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, on the way from settings to a schema that is up to date. {@link #start()} comes before everything else
 * here. Thread-safe.
 */
@ApplicationScoped
public class Database implements AutoCloseable, Part {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final DatabaseSettings settings;
    private volatile @Nullable DataSource source;
    private volatile @Nullable Jdbi jdbi;
    private volatile @Nullable GroupedWrites grouped;
    private boolean migrated;

    @Inject
    public Database(Config config) {
        this(DatabaseSettings.read(key -> config.getOptionalValue(key, String.class)));
    }

    public Database(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** Only for CDI's client proxies. */
    protected Database() {
        this(DatabaseSettings.of("", "", ""));
    }

    /**
     * Opens the database and brings its schema up to date; blocks until that is done. Does nothing when it has been
     * done. After a failure it may be called again.
     *
     * @throws DatabaseUnavailable when the database can't be reached or used; the message says what to do
     */
    public synchronized void start() {
        start(true);
    }

    /**
     * Opens the database as it is, for reading: its schema stays what it was, and one that is not there is not made.
     *
     * @throws DatabaseUnavailable as {@link #start()}
     */
    public synchronized void startAsItIs() {
        start(false);
    }

    private void start(boolean migrate) {
        if (jdbi != null) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Database.class.getClassLoader());
        try {
            open(migrate);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Whether a node in another process can use it as well. */
    boolean isShared() {
        return settings.isShared();
    }

    /** True after {@link #start()} and before {@link #close()}. */
    public boolean started() {
        return jdbi != null;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public List<Level> levels() {
        return settings.jndi().isPresent() ? List.of() : PoolLevels.of(() -> source);
    }

    /** Asks the database for a sign of life. */
    @Override
    public void check() {
        this.<Integer>read(
                handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
    }

    /** Gives back every connection. An embedded database is written and its file unlocked. {@link #start()} reopens. */
    @PreDestroy
    @Override
    public synchronized void close() {
        Jdbi open = jdbi;
        jdbi = null;
        if (open != null && migrated && settings.isOwnFile()) {
            Sweep.ifDue(open);
        }
        close(source);
        source = null;
    }

    <T extends @Nullable Object> T read(HandleCallback<T, RuntimeException> work) {
        return jdbi().withHandle(work);
    }

    /**
     * Runs the work in a transaction, and again when the database took it back because of others at work, or when it ran
     * together with other work that failed.
     */
    <T extends @Nullable Object> T write(HandleCallback<T, RuntimeException> work) {
        return write(work, true);
    }

    /** As {@link #write}, for work that can wait some milliseconds for other work, where much is written. */
    <T extends @Nullable Object> T writeBehind(HandleCallback<T, RuntimeException> work) {
        return write(work, false);
    }

    private <T extends @Nullable Object> T write(HandleCallback<T, RuntimeException> work, boolean hurried) {
        Jdbi open = jdbi();
        GroupedWrites group = grouped;
        return group == null ? Retry.whenTakenBack(() -> open.inTransaction(work)) : group.write(work, hurried);
    }

    /** Runs one statement in a transaction of its own. */
    int update(String sql, @Nullable Object... arguments) {
        return write(handle -> handle.execute(sql, arguments));
    }

    /**
     * Makes the other writers of this room wait until the transaction ends.
     *
     * @throws NoSuchElementException when there is no such room
     */
    static void lockRoom(Handle handle, String room) {
        boolean there = handle.createQuery("SELECT epoch FROM room WHERE id = :room FOR UPDATE")
                .bind("room", room)
                .mapTo(Long.class)
                .findOne()
                .isPresent();
        if (!there) {
            throw missing(room);
        }
    }

    /**
     * Marks a room as used at this moment, if it was not used later, and does as {@link #lockRoom} does.
     *
     * @throws NoSuchElementException when there is no such room
     */
    static void useRoom(Handle handle, String room, Instant at) {
        String latest = "UPDATE room SET updated_at = GREATEST(updated_at, ?) WHERE id = ?";
        if (handle.execute(latest, at.toEpochMilli(), room) == 0) {
            throw missing(room);
        }
    }

    static NoSuchElementException missing(String room) {
        return new NoSuchElementException("There is no room " + room + ".");
    }

    private void open(boolean migrate) {
        DataSource opened = null;
        try {
            opened = Sources.open(migrate ? settings : settings.asItIs());
            if (migrate) {
                Migrations.run(opened);
            }
            source = opened;
            Jdbi made = quiet(Jdbi.create(opened).registerArgument(new Texts()));
            grouped = settings.isEmbedded() ? new GroupedWrites(made) : null;
            migrated = migrate;
            jdbi = made;
            LOG.info("The database is ready: {}", settings);
        } catch (RuntimeException e) {
            close(opened);
            throw DatabaseUnavailable.because(settings, e);
        }
    }

    /** Failures go to the log: they must not name the values of a statement, which are people's texts. */
    private static Jdbi quiet(Jdbi jdbi) {
        return jdbi.configure(
                StatementExceptions.class, it -> it.setMessageRendering(StatementExceptions.MessageRendering.NONE));
    }

    private Jdbi jdbi() {
        Jdbi current = jdbi;
        if (current == null) {
            throw new IllegalStateException("The database is not open: Weir is starting or stopping. Try again.");
        }
        return current;
    }

    private static void close(@Nullable DataSource source) {
        if (source instanceof HikariDataSource pool) {
            pool.close();
        }
    }
}
