package dev.weir.room;

import dev.weir.event.Cursor;
import dev.weir.log.Frame;
import java.util.Optional;

/** What one connection makes of the log's frames before it sends them, one after the other. Not thread-safe. */
public interface Framing {

    /** Sends them as they are. */
    Framing NONE = (frame, from) -> Optional.of(frame);

    /**
     * The frame as this connection wants it, with the same cursor after it.
     *
     * @param from where the connection stands
     * @return empty when it can't be told from there, and the connection needs a snapshot instead; never for a snapshot
     */
    Optional<Frame> of(Frame frame, Cursor from);
}
