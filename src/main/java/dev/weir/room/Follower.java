package dev.weir.room;

import dev.weir.event.Cursor;
import dev.weir.log.Frame;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomHandle.Next;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that follows a room: a cursor, and a loop that pulls the next frame from the log and writes it, one at a
 * time, at the pace at which the client reads. Nothing is queued for it. The loop runs only while there is something to
 * send, on a thread of its own; a room's few readers are sent to by the thread that brings the news, where nobody has to
 * wait for that. Thread-safe.
 */
public final class Follower {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    /**
     * A connection that has sent this many characters ends, and its client comes back with its cursor. Servers queue what a
     * client does not read, and do not tell: this is the bound of that queue.
     */
    static final long MOST_CHARACTERS = 4L * 1024 * 1024;

    /** A room with more readers than this leaves the sending to a thread for each, so that who writes is not held up. */
    static final int FEW = 4;

    /** What comes so soon after the last goes out together, from a thread of its own. */
    static final long BURST_NANOS = Duration.ofMillis(2).toNanos();

    /** Takes part in the limit of connections; given back once. */
    interface Place {
        void release();
    }

    private final RoomHandle room;
    private final Outlet outlet;
    private final Framing framing;
    private final Supplier<String> about;
    private final BooleanSupplier allowed;
    private final Place place;
    private final Runnable news = this::wake;
    private final AtomicBoolean running = new AtomicBoolean();

    /** Held while something is written: frames and answers to commands come from different threads. */
    private final ReentrantLock writing = new ReentrantLock();

    private final AtomicBoolean closed = new AtomicBoolean();
    /** At first true for a connection that stays: where nothing is new, an empty frame says that it stands. */
    private volatile boolean heartbeatDue;

    private volatile long lastWrite = System.nanoTime();
    private volatile @Nullable String greeting;
    private final CompletableFuture<Executor> started = new CompletableFuture<>();
    private volatile @Nullable Executor executor;
    private volatile @Nullable Runnable onClose;
    private Cursor cursor;
    private long sent;
    private boolean fresh;

    /** What comes next, where that is known already. */
    private @Nullable Frame framed;

    /** The framing has had its first frame, for which it may look at the room. */
    private boolean primed;

    /**
     * A connection that does not run yet.
     *
     * @param from the client's cursor; without one it gets a snapshot first
     * @param framing what it makes of the log's frames
     * @param about what a snapshot says of the room
     * @param allowed whether the caller may still follow; may block
     */
    Follower(
            RoomHandle room,
            Outlet outlet,
            Optional<Cursor> from,
            Framing framing,
            Supplier<String> about,
            BooleanSupplier allowed,
            Place place) {
        this.room = room;
        this.outlet = outlet;
        this.framing = framing;
        this.cursor = from.orElse(Cursor.START);
        this.fresh = from.isEmpty();
        this.heartbeatDue = !outlet.once();
        this.about = about;
        this.allowed = allowed;
        this.place = place;
    }

    /** Sends this before everything else. */
    public void greet(String text) {
        greeting = text;
    }

    /** Starts the loop; one that was closed in the meantime is only tidied away. */
    void start(Executor on, Runnable whenClosed) {
        executor = on;
        onClose = whenClosed;
        room.listen(news);
        if (closed.get()) {
            room.unlisten(news);
            whenClosed.run();
        }
        wake();
        started.complete(on);
    }

    /** Runs the loop, unless it runs already. */
    private void wake() {
        Executor on = executor;
        if (on != null && !closed.get() && running.compareAndSet(false, true) && !sentAtOnce(on)) {
            on.execute(this::run);
        }
    }

    /**
     * Sends what there is on the thread that brings the news, when nobody has to wait for that. Waking another thread for
     * each delta costs more than the sending itself. That thread may hold locks of the log, so nothing here opens a room:
     * the first frame, for which the framing looks at the room, is left to the loop.
     *
     * @return false when the loop has to run
     */
    private boolean sentAtOnce(Executor on) {
        if (greeting != null
                || heartbeatDue
                || fresh
                || !primed
                || System.nanoTime() - lastWrite < BURST_NANOS
                || room.listeners() > FEW
                || !writing.tryLock()) {
            return false;
        }
        try {
            int most = outlet.atOnce();
            Frame next = most == 0
                    ? null
                    : room.atHand(cursor).flatMap(it -> framing.of(it, cursor)).orElse(null);
            if (next == null || isLast(next) || next.json().length() > most) {
                framed = next;
                return false;
            }
            write(next, outlet::frame);
        } catch (IOException | RuntimeException | Error e) {
            on.execute(() -> failed(e));
            return true;
        } finally {
            writing.unlock();
        }
        return rest();
    }

    private boolean isLast(Frame frame) {
        return sent + frame.json().length() > MOST_CHARACTERS;
    }

    private void run() {
        try {
            while (!closed.get()) {
                if (!sendNext() && rest()) {
                    return;
                }
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Throwable e) {
        if (e instanceof IOException || closed.get()) {
            LOG.debug("A connection went away: {}", e.toString());
        } else {
            LOG.warn("A connection to a room failed and is closed; its client will come back", e);
        }
        close();
    }

    /** Stops the loop; false when there was news in the very moment, and the loop has to go on. */
    private boolean rest() {
        running.set(false);
        boolean more = heartbeatDue || room.hasNews(cursor);
        return !(more && running.compareAndSet(false, true));
    }

    private boolean sendNext() throws IOException {
        String hello = greeting;
        if (hello != null) {
            greeting = null;
            send(hello);
            return done(true);
        }
        Frame waiting = framed;
        if (waiting != null) {
            framed = null;
            write(waiting, outlet::frame);
            return done(true);
        }
        Next next = room.next(fresh ? Cursor.START : cursor, about);
        if (next instanceof Next.Ready ready) {
            return sendFramed(ready.frame());
        }
        if (heartbeatDue) {
            write(Frame.heartbeat(cursor), outlet::heartbeat);
            return done(true);
        }
        return false;
    }

    /** A frame that can't be told from where this connection stands gives way to a snapshot. */
    private boolean sendFramed(Frame frame) throws IOException {
        Optional<Frame> made = framing.of(frame, cursor);
        if (made.isEmpty()) {
            fresh = true;
            return true;
        }
        write(made.get(), outlet::frame);
        primed = true;
        return done(true);
    }

    private interface Way {
        void take(Frame frame) throws IOException;
    }

    private void write(Frame frame, Way way) throws IOException {
        heartbeatDue = false;
        writing.lock();
        try {
            way.take(frame);
        } finally {
            writing.unlock();
        }
        sent += frame.json().length();
        fresh = false;
        cursor = frame.after();
        lastWrite = System.nanoTime();
    }

    private void send(String message) throws IOException {
        writing.lock();
        try {
            outlet.message(message);
        } finally {
            writing.unlock();
        }
    }

    private boolean done(boolean wrote) {
        if (outlet.once() || sent > MOST_CHARACTERS) {
            close();
        }
        return wrote;
    }

    /** Hands over the threads of this connection's writers, not before the start; never when there is none. */
    public void whenStarted(Consumer<Executor> work) {
        started.thenAccept(work);
    }

    /** Sends a message that is no frame, between two frames; a client that has gone ends the connection. */
    public void say(String message) {
        try {
            send(message);
        } catch (IOException e) {
            close();
        }
    }

    /**
     * Has its client come back at another node: tells it where that understands such messages, and ends the connection. One
     * that takes a single answer gets one.
     */
    void sendAway(String message) {
        if (outlet.once()) {
            heartbeatDue = true;
            wake();
            return;
        }
        started.thenAccept(on -> on.execute(() -> {
            if (outlet.wantsNodes()) {
                say(message);
            }
            outlet.sendAway();
            close();
        }));
    }

    /** Whether its client is to be told of other nodes. */
    boolean wantsNodes() {
        return outlet.wantsNodes();
    }

    /** Looks after the connection: closes it when the caller may no longer follow, and keeps a quiet one alive. */
    void check(long now, long heartbeatNanos, boolean thoroughly) {
        if (thoroughly && !allowed.getAsBoolean()) {
            close();
        } else if (outlet.wantsHeartbeats() && now - lastWrite > heartbeatNanos) {
            heartbeatDue = true;
            wake();
        }
    }

    /** Ends the connection. A second call does nothing. */
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        room.unlisten(news);
        room.close();
        place.release();
        Runnable whenClosed = onClose;
        if (whenClosed != null) {
            whenClosed.run();
        }
        outlet.close();
    }
}
