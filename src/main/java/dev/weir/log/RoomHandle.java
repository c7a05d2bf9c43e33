package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A room that is open on this node. Readers pull: ask for the next frame with the cursor of the last, and when there is
 * none, wait to be told. Thread-safe.
 */
public final class RoomHandle implements AutoCloseable {

    private final OpenRoom room;
    private final Consumer<OpenRoom> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    RoomHandle(OpenRoom room, Consumer<OpenRoom> onClose) {
        this.room = room;
        this.onClose = onClose;
    }

    /** Appends as {@link RoomLog#append}. */
    public CompletionStage<Cursor> append(List<? extends Event> events) {
        return room.append(events);
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

    /** Calls the listener, from then on, whenever there may be news; it must return at once. */
    public void listen(Runnable listener) {
        room.listen(listener);
    }

    public void unlisten(Runnable listener) {
        room.unlisten(listener);
    }

    /** Gives the room back. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
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
