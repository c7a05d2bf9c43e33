package dev.weir.api;

import dev.weir.event.Cursor;
import dev.weir.log.Frame;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomHandle.Next;
import dev.weir.room.Follower;
import dev.weir.room.Followers;
import dev.weir.room.Frames;
import dev.weir.room.Framing;
import dev.weir.room.RoomJson;
import dev.weir.room.Rooms;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A room's log, from a cursor on: frame by frame, or as a stream of frames. */
@Path("rooms/{room}/events")
public class EventsResource {

    private static final int LONGEST_WAIT_SECONDS = 60;

    @Inject
    Rooms rooms;

    @Inject
    Followers followers;

    @Inject
    Caller caller;

    /** The next frame; with {@code wait} not before there is one, or the time is over. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public void page(
            @PathParam("room") String room,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("wait") @Nullable String wait,
            @QueryParam("frames") @Nullable String frames,
            @Suspended AsyncResponse response) {
        Optional<Cursor> from = Followers.cursor(Optional.ofNullable(cursor));
        int seconds = Paging.number("wait", wait, 0, LONGEST_WAIT_SECONDS, 0);
        if (seconds == 0 || from.isEmpty()) {
            response.resume(now(room, from, frames(frames)).json());
        } else {
            await(room, from.get(), frames(frames), seconds, response);
        }
    }

    private Frame now(String room, Optional<Cursor> from, Frames frames) {
        try (RoomHandle handle = rooms.open(caller.user(), room)) {
            Framing framing = frames.of(handle);
            return next(handle, room, from.orElse(Cursor.START), framing)
                    .or(() -> next(handle, room, Cursor.START, framing))
                    .orElseThrow();
        }
    }

    /** Empty when the framing needs a snapshot first. */
    private Optional<Frame> next(RoomHandle handle, String room, Cursor from, Framing framing) {
        Next next = handle.next(from, () -> rooms.now(room).map(RoomJson::write).orElse(""));
        return next instanceof Next.Ready ready ? framing.of(ready.frame(), from) : Optional.of(Frame.heartbeat(from));
    }

    private void await(String room, Cursor from, Frames frames, int seconds, AsyncResponse response) {
        Follower follower = followers.follow(
                caller.user(), room, Optional.of(from), frames, caller.standing(), () -> new RestOutlet.Page(response));
        response.setTimeoutHandler(late -> {
            late.resume(Frame.heartbeat(from).json());
            follower.close();
        });
        response.setTimeout(seconds, TimeUnit.SECONDS);
        followers.add(follower);
    }

    /** All frames from the cursor on, until the client goes; its last one it names as browsers do. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    public void stream(
            @PathParam("room") String room,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("frames") @Nullable String frames,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String last,
            @Context SseEventSink sink,
            @Context Sse sse,
            @Context HttpServletResponse response) {
        Optional<Cursor> from =
                Followers.cursor(Optional.ofNullable(last)).or(() -> Followers.cursor(Optional.ofNullable(cursor)));
        Follower follower = followers.follow(
                caller.user(), room, from, frames(frames), caller.standing(), () -> new RestOutlet.Stream(sink, sse));
        response.setHeader("X-Accel-Buffering", "no");
        followers.add(follower);
    }

    private static Frames frames(@Nullable String word) {
        return Frames.of(Optional.ofNullable(word));
    }
}
