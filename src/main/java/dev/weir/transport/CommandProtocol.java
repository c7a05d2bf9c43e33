package dev.weir.transport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.atmosphere.cpr.AtmosphereConfig;
import org.atmosphere.cpr.AtmosphereRequest;
import org.atmosphere.websocket.WebSocket;
import org.atmosphere.websocket.WebSocketProcessor;
import org.atmosphere.websocket.WebSocketProtocol;

/** Hands what comes up on a WebSocket straight to the connection's follower. Made by Atmosphere, named in web.xml. */
public class CommandProtocol implements WebSocketProtocol {

    /** What atmosphere.js sends to keep its connection alive. */
    private static final String PADDING = "X";

    @Override
    public void configure(AtmosphereConfig config) {
        // nothing to configure
    }

    @Override
    public List<AtmosphereRequest> onMessage(WebSocket socket, String text) {
        if (socket.attachment() instanceof Connection connection && !text.equals(PADDING)) {
            connection.command(text);
        }
        return List.of();
    }

    @Override
    public List<AtmosphereRequest> onMessage(WebSocket socket, byte[] data, int offset, int length) {
        return onMessage(socket, new String(data, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void onOpen(WebSocket socket) {
        // the handler follows the room
    }

    @Override
    public void onClose(WebSocket socket) {
        if (socket.attachment() instanceof Connection connection) {
            connection.follower().close();
        }
    }

    @Override
    public void onError(WebSocket socket, WebSocketProcessor.WebSocketException e) {
        onClose(socket);
    }
}
