package dev.weir.api.openai;

import dev.weir.api.openai.KernelConnections.State;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The other end of a request's connection. The Servlet API tells of its leaving only who writes to it; this one asks the
 * kernel. Not thread-safe.
 */
final class Client {

    /** A list that is read while it changes may lack a line. */
    private static final int SURE = 2;

    private final KernelConnections connections;
    private final int localPort;
    private final String address;
    private final int port;
    private boolean seen;
    private int missed;

    Client(KernelConnections connections, HttpServletRequest request) {
        this(connections, request.getLocalPort(), request.getRemoteAddr(), request.getRemotePort());
    }

    Client(KernelConnections connections, int localPort, String address, int port) {
        this.connections = connections;
        this.localPort = localPort;
        this.address = address;
        this.port = port;
    }

    /**
     * Whether it has closed the connection, or at least its half of it. False also when that can't be known: without
     * Linux, and when the request's addresses are not those of its connection. To be asked every second or so.
     */
    boolean hasGone() {
        State state = connections.state(localPort, address, port);
        seen |= state == State.ESTABLISHED;
        missed = state == State.ABSENT ? missed + 1 : 0;
        return state == State.CLOSING || (seen && missed >= SURE);
    }
}
