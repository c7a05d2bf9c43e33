package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Entry;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A room in use on this node: counts its users, and holds its tail, opened when first needed. Thread-safe. */
final class OpenRoom {

    private static final Logger LOG = LoggerFactory.getLogger(OpenRoom.class);

    /** How long readers of a new epoch wait until the database has what this node knows of the one before. */
    private static final long RESCUE_SECONDS = 2;

    /** How long this node may take to read what another has read. */
    private static final Duration CATCHING_UP = Duration.ofSeconds(5);

    private final String name;
    private final HotTail hot;
    private final ColdLog cold;
    private final InstantSource clock;
    private final Executor executor;
    private final LogObserver observer;
    private final ColdWrites writes;
    private final LongAdder characters;
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final Set<Runnable> writers = new CopyOnWriteArraySet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int users;
    private boolean closed;
    private volatile long usedLast = System.nanoTime();
    private volatile @Nullable RoomTail tail;

    /** The tail of the epoch before, as far as anybody here was shown it. */
    private volatile @Nullable RoomTail before;

    /** Readers that come at the same point of the log share one. */
    private volatile @Nullable Told lastSnapshot;

    /** A snapshot, and when the first presence that it tells of expires. */
    private record Told(Frame frame, Instant until) {}

    OpenRoom(
            String name,
            HotTail hot,
            ColdLog cold,
            InstantSource clock,
            Executor executor,
            LogObserver observer,
            ColdWrites writes,
            LongAdder characters) {
        this.characters = characters;
        this.writes = writes;
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
            usedLast = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** When its last user went, by {@link System#nanoTime}. */
    long usedLast() {
        return usedLast;
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

    /** Drops what was read until now: what is asked for next is read anew. */
    void reopen() {
        lastSnapshot = null;
        before = null;
        RoomTail current = tail;
        if (current != null) {
            current.close();
            current.forgetAll();
        }
        news();
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
            if (closed) {
                throw new IllegalStateException("Nobody uses this room any more.");
            }
            HotTail.Opened opened = hot.open(name);
            if (current != null && current.epoch() != opened.epoch()) {
                leave(current);
                writers.forEach(executor::execute);
            }
            RoomTail fresh = new RoomTail(
                    name, hot, opened, cold.messages(name, Snapshot.MESSAGES), executor, observer, characters);
            fresh.listen(this::news);
            fresh.start(opened.next());
            tail = fresh;
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /** The room begins a new epoch, from the database: it is given what people have said and it may lack. */
    private void leave(RoomTail old) {
        hot.release(name, old.epoch());
        before = old;
        rescue(old, it -> it instanceof Event.Message said && said.answer().isEmpty(), UnaryOperator.identity());
        try {
            writes.pending(name).get(RESCUE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Room {}: begins a new epoch before the database has all of the last", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    int listeners() {
        return listeners.size();
    }

    /** See {@link RoomHandle#whenRenewed}. */
    void addWriter(Runnable writer) {
        writers.add(writer);
    }

    void removeWriter(Runnable writer) {
        writers.remove(writer);
    }

    CompletionStage<Cursor> append(List<? extends Event> events) {
        return append(clock.instant(), events);
    }

    CompletionStage<Cursor> append(Instant at, List<? extends Event> events) {
        return append(at, epoch -> events);
    }

    CompletionStage<Cursor> append(LongFunction<? extends List<? extends Event>> events) {
        return append(clock.instant(), events);
    }

    private CompletionStage<Cursor> append(Instant at, LongFunction<? extends List<? extends Event>> events) {
        RoomTail current = tail();
        List<String> written = new ArrayList<>();
        for (Event event : events.apply(current.epoch())) {
            written.add(EventJson.write(at, event));
        }
        long began = System.nanoTime();
        CompletionStage<Long> append = hot.append(name, current.epoch(), written);
        observer.appending();
        return append.whenComplete((seq, failure) -> {
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

    /** See {@link RoomHandle#atHand}. */
    Optional<Frame> atHand(Cursor from) {
        RoomTail current = tail;
        return current == null || current.closed() ? Optional.empty() : current.next(from);
    }

    /** See {@link RoomHandle#hasNews}. */
    boolean hasNews(Cursor from) {
        RoomTail current = tail;
        return current == null || current.closed() || !current.end().equals(from);
    }

    AnswerPart answer(String branch, Cursor begun, int from) {
        RoomTail current = tail();
        boolean notYetRead = current.epoch() == begun.epoch() && current.end().compareTo(begun) < 0;
        return current.answer(branch, from)
                .orElseGet(() -> notYetRead ? AnswerPart.NOTHING : kept(branch, from, current.epoch() > begun.epoch()));
    }

    Optional<Map<String, String>> texts(Cursor at) {
        return tail().texts(at);
    }

    /**
     * An answer that this node's tail does not have: another took its place, or much has been said since.
     *
     * @param anew it began in an epoch before: its writer is about to tell it again in this one
     */
    private AnswerPart kept(String branch, int from, boolean anew) {
        return cold.message(name, branch)
                .filter(it -> anew || !it.live())
                .map(it -> it.live() ? AnswerPart.NOTHING : AnswerPart.of(it.message(), from))
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

    /** The tail, when it has read everything that any node had appended before this call. */
    private RoomTail caughtUp() {
        RoomTail current = tail();
        HotTail.Opened now = hot.open(name);
        if (now.epoch() == current.epoch()) {
            current.await(now.next(), RoomTail.PATIENCE);
        }
        return current;
    }

    /** See {@link RoomHandle#soFar}. */
    Optional<RoomHandle.SoFar> soFar(String branch) {
        RoomTail current = caughtUp();
        Optional<Conversation.Writing> hot = current.writing(branch);
        if (hot.isPresent()) {
            return hot.map(it -> new RoomHandle.SoFar(it.text(), it.variants(), true));
        }
        return cold.message(name, branch)
                .filter(it -> it.live() && current.answer(branch, 0).isEmpty())
                .map(it -> seenBefore(it)
                        .orElseGet(() -> new RoomHandle.SoFar(
                                it.message().text(), it.message().variants(), false)));
    }

    /** An answer as readers here saw it in the epoch before, if they saw more of it than the database has. */
    private Optional<RoomHandle.SoFar> seenBefore(ColdLog.Stored kept) {
        RoomTail old = before;
        return old == null
                ? Optional.empty()
                : old.writing(kept.message().id())
                        .filter(it -> kept.through().compareTo(new Cursor(old.epoch(), it.lastSeq())) <= 0)
                        .map(it -> new RoomHandle.SoFar(it.text(), it.variants(), false));
    }

    /** See {@link RoomHandle#said}. */
    Optional<ColdLog.Stored> said(String message) {
        RoomTail current = caughtUp();
        return current.entries().stream()
                .filter(it ->
                        it.event() instanceof Event.Message said && said.id().equals(message))
                .findFirst()
                .map(it -> stored(new Cursor(current.epoch(), it.seq()), it))
                .or(() -> cold.message(name, message));
    }

    private static ColdLog.Stored stored(Cursor place, Entry entry) {
        return new ColdLog.Stored(place, entry.at(), (Event.Message) entry.event(), false, place.plus(1));
    }

    /** See {@link RoomHandle#begun}. */
    boolean begun(String branch) {
        return caughtUp().entries().stream().anyMatch(it -> begins(it.event(), branch))
                || cold.message(name, branch).isPresent();
    }

    private static boolean begins(Event event, String branch) {
        return event instanceof Event.TurnStarted started
                && started.branches().stream().anyMatch(it -> it.id().equals(branch));
    }

    /** See {@link RoomHandle#rescue}. */
    void rescue(UnaryOperator<String> writer) {
        RoomTail current = caughtUp();
        RoomTail old = before;
        if (old != null) {
            rescue(old, it -> true, writer);
        }
        rescue(current, it -> true, writer);
    }

    private void rescue(RoomTail from, Predicate<Event> which, UnaryOperator<String> writer) {
        for (Entry entry : from.entries()) {
            if (!which.test(entry.event())) {
                continue;
            }
            Cursor place = new Cursor(from.epoch(), entry.seq());
            switch (entry.event()) {
                case Event.Message said
                when said.answer().isEmpty() -> writes.add(name, it -> it.saveMessage(name, place, entry.at(), said));
                case Event.Message answer ->
                    writes.add(name, it -> it.finishAnswer(name, answer, writer.apply(answer.id())));
                case Event.TurnStarted turn -> {
                    String node = writer.apply(turn.branches().getFirst().id());
                    writes.add(name, it -> it.beginAnswers(name, place, entry.at(), turn, node));
                }
                default -> {}
            }
        }
    }

    private Frame snapshot(Supplier<String> about) {
        Instant now = clock.instant();
        Told before = lastSnapshot;
        if (before != null && before.frame().after().equals(tail().end()) && now.isBefore(before.until())) {
            return before.frame();
        }
        Told fresh = freshSnapshot(about, now);
        lastSnapshot = fresh;
        return fresh.frame();
    }

    /**
     * The cold log is read first and the fold is taken when it has come at least as far: so nothing that the cold log
     * says of the conversation is news that this reader would get a second time, and wrongly, from the tail. What only
     * the fold has is either not in the cold log yet or has left the conversation; when the cold log had it before it was
     * read, it is the latter.
     */
    private Told freshSnapshot(Supplier<String> about, Instant now) {
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
                Frame frame = Snapshot.of(folded, cold, known, about.get(), now);
                return new Told(frame, Snapshot.until(folded.view(), now));
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
