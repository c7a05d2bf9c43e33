package dev.weir.transport;

import dev.weir.event.Cursor;
import dev.weir.identity.Callers;
import dev.weir.identity.SignInService;
import dev.weir.identity.User;
import dev.weir.log.RoomHandle;
import dev.weir.room.Connections;
import dev.weir.room.Refusal;
import dev.weir.room.RoomJson;
import dev.weir.room.Rooms;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
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
    private final Connections connections;

    StreamHandler(Callers callers, Rooms rooms, CommandReader commands, Followers followers, Connections connections) {
        this.callers = callers;
        this.rooms = rooms;
        this.commands = commands;
        this.followers = followers;
        this.connections = connections;
    }

    @Override
    public void onRequest(AtmosphereResource resource) throws IOException {
        AtmosphereRequest request = resource.getRequest();
        try {
            User user = StreamProblem.caller(request.getUserPrincipal());
            String room = RoomPath.room(request.getRequestURI());
            if (request.getMethod().equals("POST")) {
                rooms.room(user, room);
                answer(resource, user, room);
            } else {
                follow(resource, user, room);
            }
        } catch (StreamProblem problem) {
            refuse(resource, problem);
        } catch (Refusal refusal) {
            refuse(resource, StreamProblem.of(refusal));
        } catch (RuntimeException e) {
            LOG.error("A stream request failed", e);
            refuse(resource, new StreamProblem(500, "failed", "Something went wrong here. Please try again."));
        }
    }

    private void answer(AtmosphereResource resource, User user, String room) throws IOException {
        byte[] body = resource.getRequest().getInputStream().readNBytes(CommandReader.MOST_BYTES + 1);
        String reply = commands.perform(user, room, new String(body, StandardCharsets.UTF_8));
        AtmosphereResponse response = resource.getResponse();
        response.setContentType("application/json;charset=UTF-8");
        response.write(reply.getBytes(StandardCharsets.UTF_8));
    }

    private void follow(AtmosphereResource resource, User user, String room) throws IOException {
        AtmosphereRequest request = resource.getRequest();
        Query query = Query.of(request.getQueryString());
        Optional<Cursor> cursor = cursor(query, request.getHeader("Last-Event-ID"));
        Optional<Follower.Place> place = followers.place(user.id());
        if (place.isEmpty()) {
            throw new StreamProblem(
                    429, "too-many-connections", "You have too many open connections. Close some tabs and try again.");
        }
        RoomHandle handle = open(user, room, place.get());
        boolean greet = query.first("X-atmo-protocol").isPresent()
                && query.first("X-Atmosphere-tracking-id").filter("0"::equals).isPresent();
        Follower follower = new Follower(
                handle,
                counted(outlet(resource), cursor.isPresent()),
                cursor,
                () -> rooms.now(room).map(RoomJson::write).orElse(""),
                allowed(request, room),
                commands.session(user, room),
                place.get());
        if (greet) {
            follower.greet(resource.uuid() + "|0|X|");
        }
        suspend(resource, follower);
    }

    /** Whether the caller may still follow: signed in as at the beginning, and still a member. */
    private BooleanSupplier allowed(AtmosphereRequest request, String room) {
        Optional<String> token = Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(it -> it.getName().equals(SignInService.COOKIE))
                .map(Cookie::getValue)
                .findFirst();
        Callers.Credentials credentials = Callers.Credentials.of(request.getHeader("Authorization"), token);
        return () -> callers.find(credentials)
                .filter(it -> rooms.isMember(it.user(), room))
                .isPresent();
    }

    private RoomHandle open(User user, String room, Follower.Place place) {
        try {
            return rooms.open(user, room);
        } catch (RuntimeException e) {
            place.release();
            throw e;
        }
    }

    private void suspend(AtmosphereResource resource, Follower follower) {
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
            socket.attachment(follower);
            resource.suspend(-1);
            followers.add(follower);
        }
    }

    private Outlet counted(Outlet outlet, boolean cameBack) {
        Connections.Open open = connections.open(outlet.transport());
        if (cameBack && !outlet.once()) {
            open.resumed();
        }
        return new CountedOutlet(outlet, open);
    }

    private static Outlet outlet(AtmosphereResource resource) throws IOException {
        WebSocket socket = ((AtmosphereResourceImpl) resource).webSocket();
        if (socket != null) {
            return new Outlet.Socket(socket);
        }
        return resource.transport() == TRANSPORT.SSE ? Outlet.Events.of(resource) : Outlet.Poll.of(resource);
    }

    private static Optional<Cursor> cursor(Query query, @Nullable String lastEventId) {
        Optional<String> text =
                Optional.ofNullable(lastEventId).filter(it -> !it.isEmpty()).or(() -> query.first("cursor"));
        try {
            return text.filter(it -> !it.isEmpty()).map(Cursor::parse);
        } catch (IllegalArgumentException e) {
            throw new StreamProblem(400, "bad-cursor", String.valueOf(e.getMessage()));
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
