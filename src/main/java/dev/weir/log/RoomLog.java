package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The rooms' logs: the one way in, and the one way out. A room is opened before it is used, and stays open on this node
 * as long as somebody uses it and a little longer. Thread-safe.
 */
@ApplicationScoped
public class RoomLog {

    /** How long a room stays open on this node after its last user has gone. */
    static final Duration LINGER = Duration.ofSeconds(30);

    private final ConcurrentMap<String, OpenRoom> rooms = new ConcurrentHashMap<>();
    private final HotTail hot;
    private final ColdLog cold;
    private final InstantSource clock;
    private final Executor executor;
    private final Duration linger;
    private final LogObserver observer;

    /** For the container's proxy only. */
    protected RoomLog() {
        this(null, null, new LogActivity());
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public RoomLog(@Nullable HotTail hot, @Nullable ColdLog cold, LogActivity observer) {
        this(hot, cold, InstantSource.system(), Executors.newVirtualThreadPerTaskExecutor(), LINGER, observer);
    }

    RoomLog(HotTail hot, ColdLog cold, InstantSource clock, Executor executor, Duration linger) {
        this(hot, cold, clock, executor, linger, LogObserver.NONE);
    }

    RoomLog(HotTail hot, ColdLog cold, InstantSource clock, Executor executor, Duration linger, LogObserver observer) {
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
            OpenRoom open = rooms.computeIfAbsent(room, it -> new OpenRoom(it, hot, cold, clock, executor, observer));
            if (retain(open)) {
                return new RoomHandle(open, this::released);
            }
            rooms.remove(room, open);
        }
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
            java.util.concurrent.CompletableFuture.delayedExecutor(
                            linger.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS, executor)
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
