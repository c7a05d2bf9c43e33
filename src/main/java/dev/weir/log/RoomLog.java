package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.figure.Part;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The rooms' logs: the one way in, and the one way out. A room is opened before it is used, and stays open on this node
 * as long as somebody uses it and a little longer. Thread-safe.
 */
@ApplicationScoped
public class RoomLog implements Part {

    /** How long a room stays open on this node after its last user has gone. */
    static final Duration LINGER = Duration.ofSeconds(30);

    /** A node whose database has been away for longer says that it is not ready. */
    private static final Duration BEHIND = Duration.ofSeconds(10);

    /** After which a write that the database did not take is tried again; twice as long each time. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final ConcurrentMap<String, OpenRoom> rooms = new ConcurrentHashMap<>();
    private final LongAdder characters = new LongAdder();
    private final HotTail hot;
    private final ColdLog cold;
    private final InstantSource clock;
    private final Executor executor;
    private final Duration linger;
    private final LogObserver observer;
    private final ColdWrites writes;
    private final OpenRooms places;

    /** For the container's proxy only. */
    protected RoomLog() {
        this(null, null, new LogActivity(), LogBounds.DEFAULT);
    }

    @Inject
    public RoomLog(HotTail hot, ColdLog cold, LogActivity observer, Config config) {
        this(hot, cold, observer, LogBounds.of(config));
    }

    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    private RoomLog(@Nullable HotTail hot, @Nullable ColdLog cold, LogActivity observer, LogBounds bounds) {
        this(hot, cold, InstantSource.system(), Executors.newVirtualThreadPerTaskExecutor(), LINGER, observer, bounds);
    }

    RoomLog(HotTail hot, ColdLog cold, InstantSource clock, Executor executor, Duration linger) {
        this(hot, cold, clock, executor, linger, LogObserver.NONE);
    }

    RoomLog(HotTail hot, ColdLog cold, InstantSource clock, Executor executor, Duration linger, LogObserver observer) {
        this(hot, cold, clock, executor, linger, observer, LogBounds.DEFAULT);
    }

    RoomLog(
            HotTail hot,
            ColdLog cold,
            InstantSource clock,
            Executor executor,
            Duration linger,
            LogObserver observer,
            LogBounds bounds) {
        this.places = new OpenRooms(rooms, bounds, this::close, characters);
        this.writes = new ColdWrites(cold, executor, FIRST_PAUSE);
        this.hot = hot;
        this.cold = cold;
        this.clock = clock;
        this.executor = executor;
        this.linger = linger;
        this.observer = observer;
    }

    /**
     * Opens a room for reading and appending; close the handle when done. Blocks for the first user of a room on this
     * node.
     */
    public RoomHandle open(String room) {
        while (true) {
            OpenRoom open = rooms.computeIfAbsent(
                    room, it -> new OpenRoom(it, hot, cold, clock, executor, observer, writes, characters));
            if (retain(open)) {
                return new RoomHandle(open, this::released);
            }
            rooms.remove(room, open);
        }
    }

    /**
     * Whether a room may be opened for somebody who wants to read or say something: true when it is open, and when this node
     * has fewer rooms in memory than it may. At the bound, rooms that nobody uses leave memory first. May block.
     */
    public boolean hasPlace(String room) {
        return places.hasPlace(room);
    }

    private boolean retain(OpenRoom open) {
        try {
            return open.retain();
        } catch (RuntimeException e) {
            close(open);
            throw e;
        }
    }

    private void close(OpenRoom room) {
        if (room.closeIfUnused()) {
            rooms.remove(room.name(), room);
        }
    }

    private void released(OpenRoom room) {
        if (room.unused()) {
            CompletableFuture.delayedExecutor(linger.toMillis(), TimeUnit.MILLISECONDS, executor)
                    .execute(() -> close(room));
        }
    }

    /**
     * Appends events to a room's log: all together, in this order, with the time of now.
     *
     * @return the cursor of the first of them; completes when a second node holds them, where there is one
     */
    public CompletionStage<Cursor> append(String room, List<? extends Event> events) {
        return append(room, clock.instant(), events);
    }

    /** Appends events as {@link #append(String, List)}, with the time at which the cold log will have them too. */
    public CompletionStage<Cursor> append(String room, Instant at, List<? extends Event> events) {
        RoomHandle handle = open(room);
        try {
            return handle.append(at, events).whenComplete((cursor, failure) -> handle.close());
        } catch (RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    /**
     * Writes to the cold log behind the caller: after everything that was asked for in this room before, and again until
     * the database takes it. The write may be done more than once.
     *
     * @return done when the database has it, on a thread that may wait; failed when it never will, as in a room that was
     *     deleted
     */
    public CompletableFuture<@Nullable Void> keep(String room, Consumer<ColdLog> write) {
        return writes.add(room, write);
    }

    /** Done when everything that was asked for in this room until now is in the database, or never will be. */
    public CompletableFuture<@Nullable Void> kept(String room) {
        return writes.pending(room);
    }

    /** How many writes the database has still to take. */
    public int unkept() {
        return writes.waiting();
    }

    /** For how long the database has not taken what it was given; zero when it does. */
    Duration behind() {
        return writes.behind();
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public void check() {
        long seconds = behind().toSeconds();
        if (seconds > BEHIND.toSeconds()) {
            throw new IllegalStateException("The database has not taken what was said for " + seconds + " s; "
                    + unkept() + " writes wait. Answers go on, and are kept when it is back.");
        }
    }

    @Override
    public List<Level> levels() {
        return List.of(
                new Level("log_unkept_writes", "Writes that wait for the database.", this::unkept),
                new Level("log_open_rooms", "Rooms in memory.", this::openRooms),
                new Level("log_open_characters", "Characters of the events of rooms in memory.", characters::sum));
    }

    /** True when so much waits for the database that nothing new should be begun. */
    public boolean overloaded() {
        return writes.full();
    }

    /**
     * The rooms that nodes have open which are none of these. Blocks.
     *
     * @param alive ids of nodes
     */
    public Set<String> left(List<String> alive) {
        return hot.left(alive);
    }

    /** The nodes that are none of these have the room open no longer. Blocks. */
    public void forget(String room, List<String> alive) {
        hot.forget(room, alive);
    }

    /**
     * Begins a room's log anew, after something in it was erased from the database: no node's hot tail has anything of it any
     * more. What this node has read of it is dropped too; the others need {@link #reopen}. Readers get a snapshot. Blocks.
     */
    public void renew(String room) {
        OpenRoom open = rooms.get(room);
        if (open != null) {
            open.stop();
        }
        hot.renew(room);
        reopen(room);
    }

    /** Drops what this node has in memory of a room whose log was {@linkplain #renew begun anew}, at whichever node. */
    public void reopen(String room) {
        OpenRoom open = rooms.get(room);
        if (open != null) {
            open.reopen();
        }
    }

    /** How many rooms are open on this node. */
    public int openRooms() {
        return rooms.size();
    }

    @PreDestroy
    void stop() {
        rooms.values().forEach(OpenRoom::stop);
        if (executor instanceof ExecutorService service) {
            service.shutdown();
        }
    }
}
