package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Entry;
import dev.weir.event.Event.Delta;
import dev.weir.event.Event.TurnStarted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One room's hot tail on this node: the one reader that everybody here shares. It keeps the latest events as they travel,
 * in a bounded window, and their fold; readers pull from it at their own pace, so a slow one costs nothing but its
 * cursor. Thread-safe; the lock is never held while waiting for anything.
 */
final class RoomTail {

    private static final Logger LOG = LoggerFactory.getLogger(RoomTail.class);

    /** The most events read from the hot tail at once. */
    private static final int BATCH = 512;

    /** A frame ends at the event that takes it over this many characters. */
    private static final int FRAME_CHARS = 48 * 1024;

    /** The longest wait for what the hot tail is known to have. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String room;
    private final HotTail hot;
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();

    private final Conversation conversation = new Conversation();
    private final Window window;
    private final FollowClock follow;
    private final long epoch;
    private final LongAdder characters;
    private boolean closed;
    private volatile @Nullable Shared shared;

    /** @param characters what the latest events of all rooms have together: has those of this one until it is closed */
    RoomTail(
            String room,
            HotTail hot,
            HotTail.Opened opened,
            List<ColdLog.Stored> cold,
            Executor executor,
            LogObserver observer,
            LongAdder characters) {
        this.characters = characters;
        this.room = room;
        this.hot = hot;
        this.executor = executor;
        this.epoch = opened.epoch();
        this.window = new Window(hot.capacity(), Window.MOST_CHARS, opened.first());
        this.follow = new FollowClock(observer);
        cold.stream().filter(ColdLog.Stored::live).forEach(this::resume);
    }

    private void resume(ColdLog.Stored stored) {
        if (stored.through().epoch() != epoch) {
            return;
        }
        stored.message().answer().ifPresent(answer -> {
            var branch = new dev.weir.event.Event.Branch(
                    stored.message().id(),
                    stored.message().from(),
                    stored.message().replaces());
            var turn = new TurnStarted(
                    answer.turn(), answer.prompt(), stored.message().from(), List.of(branch), List.of());
            var started = new Entry(stored.place().seq(), stored.at(), turn);
            conversation.resume(
                    new Conversation.Live(
                            started,
                            branch,
                            stored.through().seq(),
                            stored.message().variants()),
                    stored.message().text());
        });
    }

    long epoch() {
        return epoch;
    }

    /** Starts reading and waits until everything that was there at the opening has been read. */
    void start(long until) {
        readOn(window.next());
        await(until, PATIENCE);
    }

    /** Waits until everything before this event has been read, this tail is closed, or it takes too long. */
    void await(long until, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (window.next() < until && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void readOn(long from) {
        CompletableFuture<HotTail.Slice> slice =
                hot.read(room, epoch, from, BATCH).toCompletableFuture();
        if (slice.isDone()) {
            slice.whenCompleteAsync(this::take, executor);
        } else {
            slice.whenComplete(this::take);
        }
    }

    private void take(HotTail.Slice slice, @Nullable Throwable failure) {
        if (failure != null) {
            stopped(failure);
            return;
        }
        if (!keep(slice)) {
            stopped(new IllegalStateException("Events were overwritten before this node had read them."));
            return;
        }
        try {
            listeners.forEach(Runnable::run);
        } finally {
            readOn(slice.first() + slice.events().size());
        }
    }

    private boolean keep(HotTail.Slice slice) {
        lock.lock();
        try {
            if (closed || slice.first() != window.next()) {
                return false;
            }
            long before = window.characters();
            for (String event : slice.events()) {
                fold(window.next(), event);
                window.add(event);
            }
            characters.add(window.characters() - before);
            follow.read(window.next(), slice.events().size(), System.nanoTime());
            moved.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * This node has appended events.
     *
     * @param next the seq after the last of them
     * @param began when it was asked to, by {@link System#nanoTime}
     */
    void appended(long next, long began) {
        lock.lock();
        try {
            follow.appended(next, began);
        } finally {
            lock.unlock();
        }
    }

    private void fold(long seq, String event) {
        try {
            Optional<Delta> delta = EventParser.delta(event);
            if (delta.isPresent()) {
                conversation.append(seq, delta.get());
            } else {
                EventParser.parse(seq, event).ifPresent(conversation::apply);
            }
        } catch (RuntimeException e) {
            LOG.warn("Room {}: event {} could not be read and is passed over: {}", room, seq, e.getMessage());
        }
    }

    private void stopped(Throwable failure) {
        if (!finish()) {
            LOG.warn("Room {}: the hot tail of epoch {} can no longer be read", room, epoch, failure);
        }
        listeners.forEach(Runnable::run);
    }

    /** True when this tail will not move any more; whoever needs the room opens it again. */
    boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        finish();
    }

    /** Keeps nothing of what it has read; for one that is closed. */
    void forgetAll() {
        lock.lock();
        try {
            window.clear();
            conversation.clear();
            conversation.nobody();
            shared = null;
        } finally {
            lock.unlock();
        }
    }

    /** Returns true when it was closed before. */
    private boolean finish() {
        lock.lock();
        try {
            boolean before = closed;
            closed = true;
            if (!before) {
                characters.add(-window.characters());
            }
            moved.signalAll();
            return before;
        } finally {
            lock.unlock();
        }
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void unlisten(Runnable listener) {
        listeners.remove(listener);
    }

    Cursor end() {
        lock.lock();
        try {
            return new Cursor(epoch, window.next());
        } finally {
            lock.unlock();
        }
    }

    /** True when the events from this cursor on are still here, or are still to come. */
    boolean has(Cursor cursor) {
        lock.lock();
        try {
            return cursor.epoch() == epoch && window.holds(cursor.seq());
        } finally {
            lock.unlock();
        }
    }

    /** The events from here on as one frame; empty when the reader has seen all, or must take a snapshot first. */
    Optional<Frame> next(Cursor from) {
        Shared newest = shared;
        if (newest != null && newest.from().equals(from)) {
            return Optional.of(newest.frame());
        }
        List<String> events;
        lock.lock();
        try {
            if (from.epoch() != epoch || !window.holds(from.seq()) || from.seq() == window.next()) {
                return Optional.empty();
            }
            events = window.from(from.seq(), FRAME_CHARS);
        } finally {
            lock.unlock();
        }
        return Optional.of(share(from, events));
    }

    private Frame share(Cursor from, List<String> events) {
        List<String> numbered = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            numbered.add(EventJson.numbered(from.seq() + i, events.get(i)));
        }
        Frame frame = Frame.of(from.plus(events.size()), numbered);
        shared = new Shared(from, frame);
        return frame;
    }

    /** The frame encoded last: readers at the tail all ask for the same one. */
    private record Shared(Cursor from, Frame frame) {}

    /** The fold up to now and the cursor after it. */
    Folded folded() {
        lock.lock();
        try {
            return new Folded(new Cursor(epoch, window.next()), conversation.view());
        } finally {
            lock.unlock();
        }
    }

    /** What has come of an answer, from a place in its text on; empty when it is not here, or no longer. */
    Optional<AnswerPart> answer(String branch, int from) {
        lock.lock();
        try {
            return conversation.answer(branch, from);
        } finally {
            lock.unlock();
        }
    }

    /** The latest events that are still at hand. */
    List<Entry> entries() {
        long first;
        List<String> events;
        lock.lock();
        try {
            first = window.first();
            events = window.some(first, Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (EventParser.delta(events.get(i)).isEmpty()) {
                EventParser.parse(first + i, events.get(i)).ifPresent(entries::add);
            }
        }
        return entries;
    }

    /** An answer that is being written, as far as it has come. */
    Optional<Conversation.Writing> writing(String branch) {
        lock.lock();
        try {
            return conversation.view().writing().stream()
                    .filter(it -> it.branch().id().equals(branch))
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }

    /** See {@link RoomHandle#texts}. */
    Optional<Map<String, String>> texts(Cursor at) {
        Map<String, String> now;
        List<String> since;
        lock.lock();
        try {
            if (at.epoch() != epoch || !window.holds(at.seq())) {
                return Optional.empty();
            }
            now = conversation.texts();
            since = window.from(at.seq(), Integer.MAX_VALUE);
        } finally {
            lock.unlock();
        }
        return Optional.of(TextsBefore.of(now, since));
    }

    /** Forgets messages that have left the conversation for good. */
    void forget(Set<String> messages) {
        lock.lock();
        try {
            conversation.forget(messages);
        } finally {
            lock.unlock();
        }
    }

    record Folded(Cursor after, Conversation.View view) {}
}
