package dev.weir.room;

import dev.weir.log.Frame;
import java.io.IOException;

/**
 * How one connection that follows a room is written to, whatever carries it. Writing waits while the client does not read;
 * it is done by one thread at a time. An {@link IOException} says that the client has gone.
 */
public interface Outlet {

    void frame(Frame frame) throws IOException;

    /** A message that is no frame: the answer to a command, an error, a greeting. */
    void message(String text) throws IOException;

    /**
     * How many characters can be written now without waiting for the client; 0 where nobody knows. Asked by the thread that
     * would write them.
     */
    default int atOnce() {
        return 0;
    }

    /** Says that the connection stands, where there is nothing else to say. */
    default void heartbeat(Frame empty) throws IOException {
        frame(empty);
    }

    /** False when this connection looks after its own silence and wants no {@link #heartbeat}. */
    default boolean wantsHeartbeats() {
        return true;
    }

    /** Whether the client is to be told of other nodes, by a {@link #message}. */
    default boolean wantsNodes() {
        return false;
    }

    /** True when one answer is all that this connection takes. */
    default boolean once() {
        return false;
    }

    /** Ends the connection, whose client is to come back at once, at another node. Called before {@link #close}. */
    default void sendAway() {
        // the end of the connection says it all
    }

    /** What it is counted as, one of the names in {@link Connections}. */
    String transport();

    /** Ends the connection. Called once. */
    void close();
}
