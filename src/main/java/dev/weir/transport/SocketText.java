package dev.weir.transport;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.Writer;
import org.atmosphere.websocket.WebSocket;
import org.jspecify.annotations.Nullable;

/**
 * Writes the text messages of one WebSocket. Most go straight to the server: Atmosphere's way has it set two timers for
 * each message (Tyrus does so even where there is no limit to watch), which cost many times what the message does. When
 * {@link #UNCONFIRMED} characters have gone so, one goes Atmosphere's way, which waits until the one before it was taken,
 * so that a client that does not read is still held up and dropped. For one thread at a time.
 */
final class SocketText {

    /** The most characters between two messages that are waited for. */
    static final int UNCONFIRMED = 64 * 1024;

    private final WebSocket socket;
    private final @Nullable Session session;
    private int unconfirmed;

    /** @param session without one, all goes Atmosphere's way */
    SocketText(WebSocket socket, @Nullable Session session) {
        this.socket = socket;
        this.session = session;
    }

    /** Closes the connection in a way that says: come back (1012, service restart, of IANA's registry of close codes). */
    void restart() throws IOException {
        if (session != null && session.isOpen()) {
            session.close(new CloseReason(CloseReason.CloseCodes.SERVICE_RESTART, "Please come back."));
        }
    }

    /** How many characters may go straight to the server, which takes them without waiting. */
    int atOnce() {
        return session == null ? 0 : UNCONFIRMED - unconfirmed;
    }

    void write(String text) throws IOException {
        if (session == null || text.length() > atOnce()) {
            unconfirmed = 0;
            socket.write(text);
        } else if (socket.isOpen()) {
            unconfirmed += text.length();
            try (Writer writer = session.getBasicRemote().getSendWriter()) {
                writer.write(text.toCharArray());
            }
        } else {
            throw new IOException("The connection is closed.");
        }
    }
}
