package dev.weir.room;

import dev.weir.event.Cursor;
import dev.weir.identity.User;
import dev.weir.log.RoomHandle;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of this node that follow rooms, through whichever door. Thread-safe. */
@ApplicationScoped
public class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** How long the end of the application waits for clients that do not read. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Integer> perUser = new ConcurrentHashMap<>();
    private final ExecutorService writers = writers();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("weir-heartbeat").factory());

    private final Rooms rooms;
    private final Connections connections;
    private final NodeList nodes;
    private final int mostPerUser;
    private volatile boolean admitting = true;
    private int checks;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Followers() {
        this(null, null, null, 0);
    }

    @Inject
    public Followers(
            Rooms rooms,
            Connections connections,
            NodeList nodes,
            @ConfigProperty(name = "weir.stream.connections-per-user", defaultValue = "100") int mostPerUser) {
        this.rooms = rooms;
        this.connections = connections;
        this.nodes = nodes;
        this.mostPerUser = mostPerUser;
    }

    /** Starts the heartbeats; not in the constructor, which the container's proxy runs too. */
    @PostConstruct
    void start() {
        ticker.scheduleWithFixedDelay(this::check, 5, 5, TimeUnit.SECONDS);
        nodes.whenChanged(this::tellNodes);
        nodes.whenTakenOut(() -> followers.forEach(Follower::close));
    }

    private void tellNodes() {
        followers.forEach(this::tellNodes);
    }

    private void tellNodes(Follower follower) {
        if (follower.wantsNodes()) {
            nodes.message().ifPresent(it -> follower.whenStarted(on -> on.execute(() -> follower.say(it))));
        }
    }

    /**
     * A writer waits for its client, perhaps inside the server's own {@code synchronized}: before JDK 24 that would hold a
     * carrier thread, so there each writer is a thread of the platform for as long as it has something to send.
     */
    private static ExecutorService writers() {
        return Runtime.version().feature() >= 24
                ? Executors.newVirtualThreadPerTaskExecutor()
                : Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("weir-writer-", 0).factory());
    }

    /**
     * The cursor that a client names; empty when it names none.
     *
     * @throws Refusal when it is no cursor
     */
    public static Optional<Cursor> cursor(Optional<String> text) {
        try {
            return text.filter(it -> !it.isEmpty()).map(Cursor::parse);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Code.BAD_CURSOR, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A connection that follows a room and does not run yet.
     *
     * @param from the client's cursor; without one it gets a snapshot first
     * @param frames how it wants them
     * @param signedIn whether the caller's sign-in still stands; asked every 15 seconds, may block
     * @param outlet asked for when the caller may follow
     * @throws Refusal when the caller is no member of the room, or has too many connections, or this node is being taken out
     *     of service
     */
    public Follower follow(
            User caller,
            String room,
            Optional<Cursor> from,
            Frames frames,
            BooleanSupplier signedIn,
            Supplier<Outlet> outlet) {
        if (!admitting) {
            throw new Refusal(
                    Refusal.Code.MOVING,
                    "This server is being taken out of service. Connect again: another one answers.");
        }
        Follower.Place place = place(caller.id());
        RoomHandle handle = null;
        try {
            handle = rooms.open(caller, room);
            return new Follower(
                    handle,
                    counted(outlet.get(), from.isPresent()),
                    from,
                    frames.of(handle),
                    () -> rooms.now(room).map(RoomJson::write).orElse(""),
                    () -> signedIn.getAsBoolean() && rooms.isMember(caller, room),
                    place);
        } catch (RuntimeException e) {
            place.release();
            if (handle != null) {
                handle.close();
            }
            throw e;
        }
    }

    private Follower.Place place(String user) {
        if (perUser.merge(user, 1, Integer::sum) > mostPerUser) {
            release(user);
            throw new Refusal(
                    Refusal.Code.TOO_MANY_CONNECTIONS, "You have too many open connections. Close some and try again.");
        }
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                release(user);
            }
        };
    }

    private Outlet counted(Outlet outlet, boolean cameBack) {
        Connections.Open open = connections.open(outlet.transport());
        if (cameBack && !outlet.once()) {
            open.resumed();
        }
        return new CountedOutlet(outlet, open);
    }

    private void release(String user) {
        perUser.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    /** Adds a follower and starts it. */
    public void add(Follower follower) {
        followers.add(follower);
        follower.start(writers, () -> followers.remove(follower));
        tellNodes(follower);
    }

    /** Takes no more connections, or takes them again. Those that are open stay. */
    void admit(boolean more) {
        admitting = more;
    }

    /** Has all clients come back at other nodes. Returns at once. */
    void sendAway() {
        String message = goElsewhere();
        followers.forEach(it -> it.sendAway(message));
    }

    /** The message for clients of streams that says so, and where to. */
    public String goElsewhere() {
        return nodes.goElsewhere();
    }

    /** For the end of the application: clients go to other nodes, and no more come. Waits a moment until they have heard it. */
    public void leave() {
        admit(false);
        sendAway();
        long deadline = System.nanoTime() + FAREWELL.toNanos();
        while (!followers.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private void check() {
        long now = System.nanoTime();
        boolean thoroughly = ++checks % 3 == 0;
        for (Follower follower : followers) {
            writers.execute(() -> check(follower, now, thoroughly));
        }
    }

    private static void check(Follower follower, long now, boolean thoroughly) {
        try {
            follower.check(now, HEARTBEAT.toNanos() - TimeUnit.SECONDS.toNanos(5), thoroughly);
        } catch (RuntimeException e) {
            LOG.warn("A connection could not be checked; it stays, the next check follows: {}", e.toString());
        }
    }

    /** Ends all connections; for the end of the application. A second call does nothing. */
    @PreDestroy
    public void stop() {
        ticker.shutdownNow();
        leave();
        followers.forEach(Follower::close);
        writers.shutdown();
    }
}
