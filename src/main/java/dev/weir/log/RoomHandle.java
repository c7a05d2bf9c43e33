package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Variants;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A room that is open on this node. Readers pull: ask for the next frame with the cursor of the last, and when there is
 * none, wait to be told. Thread-safe.
 */
public final class RoomHandle implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final OpenRoom room;
    private final Consumer<OpenRoom> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Runnable> writers = new CopyOnWriteArrayList<>();

    RoomHandle(OpenRoom room, Consumer<OpenRoom> onClose) {
        this.room = room;
        this.onClose = onClose;
    }

    /** Appends as {@link RoomLog#append}. */
    public CompletionStage<Cursor> append(List<? extends Event> events) {
        return room.append(events);
    }

    /**
     * Appends what a function gives for the epoch to which it is appended: a writer has to tell a new one of what it told the
     * last.
     */
    public CompletionStage<Cursor> append(LongFunction<? extends List<? extends Event>> events) {
        return room.append(events);
    }

    /** Runs this, on a thread that may wait, each time the room begins a new epoch, until this handle is closed. */
    public void whenRenewed(Runnable writer) {
        writers.add(writer);
        room.addWriter(writer);
    }

    /**
     * Appends and waits until a second node holds them, where there is one.
     *
     * @return the cursor of the first of them
     * @throws IllegalStateException when the log does not take them
     */
    public Cursor appendNow(List<? extends Event> events) {
        try {
            return append(events)
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The room's log does not take events.", e);
        }
    }

    CompletionStage<Cursor> append(Instant at, List<? extends Event> events) {
        return room.append(at, events);
    }

    /** The cursor after the last event that this node has read. */
    public Cursor end() {
        return room.tail().end();
    }

    /**
     * What a reader at this cursor gets next: the events from there on, or, when the hot tail does not have them any more
     * or never had, a snapshot. {@link Next.Wait} when the reader has seen everything. Blocks only for a snapshot.
     *
     * @param about what a snapshot says of the room, as a JSON object; may be empty
     */
    public Next next(Cursor from, Supplier<String> about) {
        return room.next(from, about);
    }

    /**
     * The events from this cursor on; empty when there are none, and when a snapshot has to come first. Never blocks.
     */
    public Optional<Frame> atHand(Cursor from) {
        return room.atHand(from);
    }

    /** Whether a reader at this cursor has to look: there are events, or the log has to be opened anew. Never blocks. */
    public boolean hasNews(Cursor from) {
        return room.hasNews(from);
    }

    /**
     * What has come of an answer, for readers that want only its text. Blocks only when the answer is no longer in the hot
     * tail.
     *
     * @param begun the cursor after its {@code turn-started}
     * @param from how many characters of its text the reader has
     */
    public AnswerPart answer(String branch, Cursor begun, int from) {
        return room.answer(branch, begun, from);
    }

    /**
     * The text that each answer had at a cursor, by branch: of those that had begun there, are being written
     * still and have lost nothing since.
     * Empty when the events from there on are not all at hand.
     */
    public Optional<Map<String, String>> texts(Cursor at) {
        return room.texts(at);
    }

    /**
     * An answer that nobody has finished, as far as anybody has seen it; empty when it has ended, or never began. Blocks.
     */
    public Optional<SoFar> soFar(String branch) {
        return room.soFar(branch);
    }

    /** A person's message, if anybody said it before this call, on whichever node. Blocks. */
    public Optional<ColdLog.Stored> said(String message) {
        return room.said(message);
    }

    /** Whether an answer had begun before this call, on whichever node. Blocks. */
    public boolean begun(String branch) {
        return room.begun(branch);
    }

    /**
     * Gives the database everything of this room that is at hand and that it may lack, because a node has gone that had
     * not written it yet. Does not wait for it.
     *
     * @param writer the node that writes an answer, by its id
     */
    public void rescue(UnaryOperator<String> writer) {
        room.rescue(writer);
    }

    /**
     * What has come of an answer that is not finished.
     *
     * @param told whether the present epoch of the log knows of it; else whoever goes on with it begins by telling it
     */
    public record SoFar(String text, Variants variants, boolean told) {}

    /**
     * Calls the listener, from then on, whenever there may be news; it must return at once, for who
     * appends waits for it.
     */
    public void listen(Runnable listener) {
        room.listen(listener);
    }

    public void unlisten(Runnable listener) {
        room.unlisten(listener);
    }

    /** How many listen on this node. */
    public int listeners() {
        return room.listeners();
    }

    /** Gives the room back. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            writers.forEach(room::removeWriter);
            room.release();
            onClose.accept(room);
        }
    }

    /** A frame, or none when the reader has seen everything up to now. */
    public sealed interface Next {

        /** There is something to send. */
        record Ready(Frame frame) implements Next {}

        /** There is nothing yet. */
        record Wait() implements Next {}
    }
}
