package dev.weir.transport;

import dev.weir.event.Cursor;
import dev.weir.identity.Caller;
import dev.weir.identity.Callers;
import dev.weir.identity.Callers.Credentials;
import dev.weir.identity.User;
import dev.weir.room.Follower;
import dev.weir.room.Followers;
import dev.weir.room.Frames;
import dev.weir.room.Outlet;
import dev.weir.room.Refusal;
import dev.weir.room.Rooms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.atmosphere.cpr.AtmosphereHandler;
import org.atmosphere.cpr.AtmosphereRequest;
import org.atmosphere.cpr.AtmosphereResource;
import org.atmosphere.cpr.AtmosphereResource.TRANSPORT;
import org.atmosphere.cpr.AtmosphereResourceEvent;
import org.atmosphere.cpr.AtmosphereResourceEventListenerAdapter;
import org.atmosphere.cpr.AtmosphereResourceImpl;
import org.atmosphere.cpr.AtmosphereResponse;
import org.atmosphere.websocket.WebSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what comes in at {@code /stream/rooms/{room}}: a GET (or a WebSocket's opening) follows the room, a POST carries
 * a command. Whoever is not a member is told that there is no such room.
 */
final class StreamHandler implements AtmosphereHandler {

    /** The attribute of a request over HTTP with the {@link Follower} that the servlet is to start. */
    static final String FOLLOWER = "dev.weir.transport.follower";

    private static final Logger LOG = LoggerFactory.getLogger(StreamHandler.class);

    private final Callers callers;
    private final Rooms rooms;
    private final CommandReader commands;
    private final Followers followers;

    StreamHandler(Callers callers, Rooms rooms, CommandReader commands, Followers followers) {
        this.callers = callers;
        this.rooms = rooms;
        this.commands = commands;
        this.followers = followers;
    }

    @Override
    public void onRequest(AtmosphereResource resource) throws IOException {
        try {
            Caller caller = StreamProblem.caller(resource.getRequest().getUserPrincipal());
            try {
                serve(resource, caller.user(), caller.credentials());
            } finally {
                caller.forget();
            }
        } catch (StreamProblem problem) {
            refuse(resource, problem);
        } catch (Refusal refusal) {
            refuse(resource, refusal);
        } catch (RuntimeException e) {
            LOG.error("A stream request failed", e);
            refuse(resource, new StreamProblem(500, "failed", "Something went wrong here. Please try again."));
        }
    }

    private void serve(AtmosphereResource resource, User user, Credentials credentials) throws IOException {
        String room = RoomPath.room(resource.getRequest().getRequestURI());
        if (resource.getRequest().getMethod().equals("POST")) {
            rooms.room(user, room);
            answer(resource, user, room);
        } else {
            follow(resource, user, credentials, room);
        }
    }

    private void answer(AtmosphereResource resource, User user, String room) throws IOException {
        byte[] body = resource.getRequest().getInputStream().readNBytes(CommandReader.MOST_BYTES + 1);
        String reply = commands.perform(user, room, new String(body, StandardCharsets.UTF_8));
        AtmosphereResponse response = resource.getResponse();
        response.setContentType("application/json;charset=UTF-8");
        response.write(reply.getBytes(StandardCharsets.UTF_8));
    }

    private void follow(AtmosphereResource resource, User user, Credentials credentials, String room) {
        AtmosphereRequest request = resource.getRequest();
        Query query = Query.of(request.getQueryString());
        Optional<Cursor> cursor = cursor(query, request.getHeader("Last-Event-ID"));
        Frames frames = Frames.of(query.first("frames"));
        BooleanSupplier signedIn = () -> callers.find(credentials).isPresent();
        Follower follower = followers.follow(user, room, cursor, frames, signedIn, () -> outlet(resource));
        boolean greet = query.first("X-atmo-protocol").isPresent()
                && query.first("X-Atmosphere-tracking-id").filter("0"::equals).isPresent();
        if (greet) {
            follower.greet(resource.uuid() + "|0|X|");
        }
        suspend(resource, new Connection(follower, commands.session(user, room)));
    }

    private void suspend(AtmosphereResource resource, Connection connection) {
        Follower follower = connection.follower();
        resource.addEventListener(new AtmosphereResourceEventListenerAdapter() {
            @Override
            public void onDisconnect(AtmosphereResourceEvent event) {
                follower.close();
            }

            @Override
            public void onClose(AtmosphereResourceEvent event) {
                follower.close();
            }

            @Override
            public void onThrowable(AtmosphereResourceEvent event) {
                follower.close();
            }
        });
        WebSocket socket = ((AtmosphereResourceImpl) resource).webSocket();
        if (socket == null) {
            resource.getRequest().setAttribute(FOLLOWER, follower);
            resource.suspend(-1);
        } else {
            socket.attachment(connection);
            resource.suspend(-1);
            followers.add(follower);
        }
    }

    private static Outlet outlet(AtmosphereResource resource) {
        WebSocket socket = ((AtmosphereResourceImpl) resource).webSocket();
        if (socket != null) {
            return new Outlets.Socket(socket, new SocketText(socket, StreamSocket.opening()));
        }
        try {
            return resource.transport() == TRANSPORT.SSE ? Outlets.Events.of(resource) : Outlets.Poll.of(resource);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Cursor> cursor(Query query, @Nullable String lastEventId) {
        return Followers.cursor(
                Optional.ofNullable(lastEventId).filter(it -> !it.isEmpty()).or(() -> query.first("cursor")));
    }

    private void refuse(AtmosphereResource resource, Refusal refusal) throws IOException {
        WebSocket socket = ((AtmosphereResourceImpl) resource).webSocket();
        if (socket != null && refusal.code() == Refusal.Code.MOVING) {
            socket.write(followers.goElsewhere());
            socket.close();
        } else {
            refuse(resource, StreamProblem.of(refusal));
        }
    }

    private static void refuse(AtmosphereResource resource, StreamProblem problem) throws IOException {
        WebSocket socket = ((AtmosphereResourceImpl) resource).webSocket();
        if (socket != null) {
            socket.write(CommandReader.error("", problem.code(), problem.detail()));
            socket.close();
            return;
        }
        AtmosphereResponse response = resource.getResponse();
        response.setStatus(problem.status());
        response.setContentType("application/problem+json;charset=UTF-8");
        response.write(problem.json().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onStateChange(AtmosphereResourceEvent event) {
        // Nothing is broadcast: every follower pulls from the room's log by its own cursor.
    }

    @Override
    public void destroy() {
        // The servlet stops the followers.
    }
}
