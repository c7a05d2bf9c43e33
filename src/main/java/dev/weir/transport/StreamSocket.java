package dev.weir.transport;

import jakarta.websocket.CloseReason;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.function.Supplier;
import org.atmosphere.container.JSR356Endpoint;
import org.atmosphere.cpr.AtmosphereFramework;
import org.atmosphere.cpr.WebSocketProcessorFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket of the server, given to Atmosphere together with the request that it began with.
 *
 * <p>The request travels in the connection's own properties (Jakarta WebSocket 2.1, section 3.1.4). Atmosphere's own way,
 * by thread, loses it for good on every thread that once closed a WebSocket while it was opening. Public because the
 * server calls it.
 */
public final class StreamSocket extends JSR356Endpoint {

    private static final Logger LOG = LoggerFactory.getLogger(StreamSocket.class);
    private static final ThreadLocal<Session> OPENING = new ThreadLocal<>();
    private static final String HANDSHAKE = "dev.weir.transport.handshake";

    private StreamSocket(AtmosphereFramework framework) {
        super(framework, WebSocketProcessorFactory.getDefault().getWebSocketProcessor(framework));
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        handshakeRequest((HandshakeRequest) config.getUserProperties().get(HANDSHAKE));
        OPENING.set(session);
        try {
            super.onOpen(session, config);
        } finally {
            OPENING.remove();
        }
    }

    /** The server's side of the WebSocket that is being opened on this thread; null when none is. */
    static @Nullable Session opening() {
        return OPENING.get();
    }

    /** Closes the connection, so that its client comes back: one that failed would else stay open and silent. */
    @Override
    public void onError(Session session, Throwable error) {
        LOG.debug("A WebSocket failed", error);
        super.onError(session, error);
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.UNEXPECTED_CONDITION, "Please come back."));
        } catch (IOException | IllegalStateException e) {
            LOG.debug("It was closed already: {}", e.toString());
        }
    }

    /** Makes the WebSockets of one application. */
    public static final class Configurator extends ServerEndpointConfig.Configurator {

        private final Supplier<AtmosphereFramework> framework;

        /** @param framework Atmosphere, asked for only when the first WebSocket comes */
        Configurator(Supplier<AtmosphereFramework> framework) {
            this.framework = framework;
        }

        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            config.getUserProperties().put(HANDSHAKE, request);
        }

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(new StreamSocket(framework.get()));
        }
    }
}
