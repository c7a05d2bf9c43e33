package dev.weir.transport;

import dev.weir.log.Frame;
import dev.weir.room.Connections;
import dev.weir.room.Outlet;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.atmosphere.cpr.AtmosphereResource;
import org.atmosphere.websocket.WebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How Atmosphere's connections are written to. */
final class Outlets {

    private static final Logger LOG = LoggerFactory.getLogger(Outlets.class);

    private Outlets() {}

    /** A WebSocket: a text message each. */
    record Socket(WebSocket socket, SocketText text) implements Outlet {
        @Override
        public void frame(Frame frame) throws IOException {
            message(frame.json());
        }

        @Override
        public int atOnce() {
            return text.atOnce();
        }

        @Override
        public void message(String message) throws IOException {
            try {
                text.write(message);
            } catch (RuntimeException e) {
                if (socket.isOpen()) {
                    throw e;
                }
                throw new IOException("The client has gone.", e);
            }
        }

        @Override
        public boolean wantsNodes() {
            return true;
        }

        @Override
        public void sendAway() {
            try {
                text.restart();
            } catch (IOException | IllegalStateException e) {
                LOG.debug("A WebSocket was gone already: {}", e.toString());
            }
        }

        @Override
        public String transport() {
            return Connections.WEBSOCKET;
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Server-sent events (WHATWG HTML, section 9.2): {@code data} the frame, {@code id} its cursor. */
    record Events(AtmosphereResource resource, ServletOutputStream out) implements Outlet {

        static Events of(AtmosphereResource resource) throws IOException {
            HttpServletResponse response = prepared(resource, "text/event-stream");
            response.setHeader("X-Accel-Buffering", "no");
            ServletOutputStream out = response.getOutputStream();
            return new Events(resource, out);
        }

        @Override
        public void frame(Frame frame) throws IOException {
            send("id: " + frame.after() + "\ndata: " + frame.json() + "\n\n");
        }

        @Override
        public void message(String text) throws IOException {
            send("data: " + text + "\n\n");
        }

        private void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        @Override
        public boolean wantsNodes() {
            return true;
        }

        @Override
        public String transport() {
            return Connections.SSE;
        }

        @Override
        public void close() {
            Outlets.end(resource);
        }
    }

    /** Long-polling: one answer, then the client asks again. */
    record Poll(AtmosphereResource resource, HttpServletResponse response) implements Outlet {

        static Poll of(AtmosphereResource resource) {
            return new Poll(resource, prepared(resource, "application/json"));
        }

        @Override
        public void frame(Frame frame) throws IOException {
            message(frame.json());
        }

        @Override
        public void message(String text) throws IOException {
            response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        }

        @Override
        public boolean once() {
            return true;
        }

        @Override
        public String transport() {
            return Connections.LONG_POLLING;
        }

        @Override
        public void close() {
            Outlets.end(resource);
        }
    }

    private static HttpServletResponse prepared(AtmosphereResource resource, String type) {
        HttpServletResponse response =
                (HttpServletResponse) resource.getResponse().getResponse();
        response.setContentType(type);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        return response;
    }

    private static void end(AtmosphereResource resource) {
        resource.resume();
    }
}
