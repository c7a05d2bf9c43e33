package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A room in use on this node: counts its users, and holds its tail, opened when first needed. Thread-safe. */
final class OpenRoom {

    private static final Logger LOG = LoggerFactory.getLogger(OpenRoom.class);

    /** How long this node may take to read what another has read. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(1);

    private final String name;
    private final HotTail hot;
    private final ColdLog cold;
    private final InstantSource clock;
    private final Executor executor;
    private final LogObserver observer;
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
    private boolean closed;
    private volatile @Nullable RoomTail tail;

    /** Readers that come at the same point of the log share one. */
    private volatile @Nullable Frame lastSnapshot;

    OpenRoom(String name, HotTail hot, ColdLog cold, InstantSource clock, Executor executor, LogObserver observer) {
        this.name = name;
        this.hot = hot;
        this.cold = cold;
        this.clock = clock;
        this.executor = executor;
        this.observer = observer;
    }

    String name() {
        return name;
    }

    /** Counts one user more; false when this room has been closed and a new one is needed. */
    boolean retain() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            tail();
            users++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        lock.lock();
        try {
            users--;
        } finally {
            lock.unlock();
        }
    }

    boolean unused() {
        lock.lock();
        try {
            return users == 0;
        } finally {
            lock.unlock();
        }
    }

    boolean closeIfUnused() {
        lock.lock();
        try {
            if (users > 0 || closed) {
                return false;
            }
            closed = true;
            RoomTail current = tail;
            if (current != null) {
                current.close();
                hot.release(name, current.epoch());
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Stops reading; the hot tail itself is left to the other nodes. */
    void stop() {
        RoomTail current = tail;
        if (current != null) {
            current.close();
        }
    }

    /** The tail, opened now when there is none or when it broke. */
    RoomTail tail() {
        RoomTail current = tail;
        return current != null && !current.closed() ? current : openTail();
    }

    private RoomTail openTail() {
        lock.lock();
        try {
            RoomTail current = tail;
            if (current != null && !current.closed()) {
                return current;
            }
            HotTail.Opened opened = hot.open(name);
            RoomTail fresh =
                    new RoomTail(name, hot, opened, cold.messages(name, Snapshot.MESSAGES), executor, observer);
            fresh.listen(this::news);
            fresh.start(opened.next());
            tail = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /** A reader that fails must not keep the others, or the tail, from going on. */
    private void news() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.warn("Room {}: a reader could not be told of news: {}", name, e.toString());
            }
        }
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void unlisten(Runnable listener) {
        listeners.remove(listener);
    }

    CompletionStage<Cursor> append(List<? extends Event> events) {
        return append(clock.instant(), events);
    }

    CompletionStage<Cursor> append(Instant at, List<? extends Event> events) {
        List<String> written = new ArrayList<>(events.size());
        for (Event event : events) {
            written.add(EventJson.write(at, event));
        }
        RoomTail current = tail();
        long began = System.nanoTime();
        return hot.append(name, current.epoch(), written)
                .whenComplete((seq, failure) -> {
                    if (failure == null) {
                        observer.appended(written.size(), System.nanoTime() - began);
                        current.appended(seq + written.size(), began);
                    } else {
                        observer.notAppended();
                    }
                })
                .thenApply(seq -> new Cursor(current.epoch(), seq));
    }

    RoomHandle.Next next(Cursor from, Supplier<String> about) {
        RoomTail current = tail();
        Optional<Frame> frame = current.next(from);
        if (frame.isPresent()) {
            return new RoomHandle.Next.Ready(frame.get());
        }
        return current.has(from) || isJustAhead(from, current)
                ? new RoomHandle.Next.Wait()
                : new RoomHandle.Next.Ready(snapshot(about));
    }

    AnswerPart answer(String branch, Cursor begun, int from) {
        RoomTail current = tail();
        boolean notYetRead = current.epoch() == begun.epoch() && current.end().compareTo(begun) < 0;
        return current.answer(branch, from).orElseGet(() -> notYetRead ? AnswerPart.NOTHING : kept(branch, from));
    }

    Optional<Map<String, String>> texts(Cursor at) {
        return tail().texts(at);
    }

    /** An answer that this node's tail does not have: another took its place, or much has been said since. */
    private AnswerPart kept(String branch, int from) {
        return cold.message(name, branch)
                .filter(it -> !it.live())
                .map(it -> AnswerPart.of(it.message(), from))
                .orElseGet(() -> new AnswerPart("", true, Optional.empty()));
    }

    /** A reader that comes from another node may have seen what this one is about to read. */
    private boolean isJustAhead(Cursor from, RoomTail current) {
        long ahead = from.seq() - current.end().seq();
        if (from.epoch() != current.epoch() || ahead <= 0 || ahead > hot.capacity()) {
            return false;
        }
        current.await(from.seq(), CATCHING_UP);
        return current.has(from);
    }

    private Frame snapshot(Supplier<String> about) {
        Frame before = lastSnapshot;
        if (before != null && before.after().equals(tail().end())) {
            return before;
        }
        Frame fresh = freshSnapshot(about);
        lastSnapshot = fresh;
        return fresh;
    }

    /**
     * The cold log is read first and the fold is taken when it has come at least as far: so nothing that the cold log
     * says of the conversation is news that this reader would get a second time, and wrongly, from the tail. What only
     * the fold has is either not in the cold log yet or has left the conversation; when the cold log had it before it was
     * read, it is the latter.
     */
    private Frame freshSnapshot(Supplier<String> about) {
        Set<String> known = new HashSet<>();
        while (true) {
            RoomTail current = tail();
            List<ColdLog.Stored> cold = this.cold.messages(name, Snapshot.MESSAGES + 1);
            cold.stream()
                    .filter(it -> it.place().epoch() == current.epoch())
                    .forEach(it -> current.await(it.place().seq() + 1, RoomTail.PATIENCE));
            RoomTail.Folded folded = current.folded();
            if (!current.closed() && !known.addAll(known(folded.view(), cold))) {
                current.forget(known);
                return Snapshot.of(folded, cold, known, about.get());
            }
        }
    }

    /** The messages that the fold has and this list has not, although the cold log knows them. */
    private Set<String> known(Conversation.View view, List<ColdLog.Stored> listed) {
        Set<String> ids = new HashSet<>(view.recent().keySet());
        view.writing().forEach(it -> ids.add(it.branch().id()));
        listed.forEach(it -> ids.remove(it.message().id()));
        ids.removeIf(it -> cold.message(name, it).isEmpty());
        return ids;
    }
}
