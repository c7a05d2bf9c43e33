package dev.weir.api;

import dev.weir.log.Frame;
import dev.weir.room.Connections;
import dev.weir.room.Outlet;
import dev.weir.room.Refusal;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/** How the connections of the REST door are written to. */
sealed interface RestOutlet extends Outlet {

    /** One answer that is waited for. */
    record Page(AsyncResponse response) implements RestOutlet {

        @Override
        public void frame(Frame frame) {
            response.resume(frame.json());
        }

        @Override
        public void message(String text) {
            response.resume(text);
        }

        @Override
        public String transport() {
            return Connections.REST_POLL;
        }

        @Override
        public boolean wantsHeartbeats() {
            return false;
        }

        @Override
        public boolean once() {
            return true;
        }

        /** Without an answer only when the caller may no longer follow, or the server stops. */
        @Override
        public void close() {
            response.resume(
                    new Refusal(Refusal.Code.NO_SUCH_ROOM, "You can't follow this room any more. Ask for it again."));
        }
    }

    /** Server-sent events (WHATWG HTML, section 9.2): {@code data} the frame, {@code id} its cursor. */
    record Stream(SseEventSink sink, Sse sse) implements RestOutlet {

        @Override
        public void frame(Frame frame) throws IOException {
            send(sse.newEventBuilder()
                    .id(frame.after().toString())
                    .data(frame.json())
                    .build());
        }

        @Override
        public void message(String text) throws IOException {
            send(sse.newEvent(text));
        }

        @Override
        public void heartbeat(Frame empty) throws IOException {
            send(sse.newEventBuilder().comment("heartbeat").build());
        }

        @Override
        public String transport() {
            return Connections.REST_SSE;
        }

        private void send(OutboundSseEvent event) throws IOException {
            if (sink.isClosed()) {
                throw new IOException("The client has gone.");
            }
            try {
                sink.send(event).toCompletableFuture().join();
            } catch (CompletionException | IllegalStateException e) {
                throw new IOException("The client has gone.", e);
            }
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
