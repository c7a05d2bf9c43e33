package dev.weir.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Cursor;
import dev.weir.identity.User;
import dev.weir.log.RoomHandle;
import dev.weir.room.Asking;
import dev.weir.room.Command;
import dev.weir.room.Rooms;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** What is asked in a room. */
@Path("rooms/{room}/messages")
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {

    @Inject
    Rooms rooms;

    @Inject
    Asking asking;

    @Inject
    Caller caller;

    @Inject
    Creation creation;

    @Inject
    HttpServletRequest request;

    /** Says something; the answer comes as events from the cursor on that is given back. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response ask(@PathParam("room") String room, InputStream in) {
        User user = caller.user();
        rooms.room(user, room);
        Body body = Body.read(in).only("text", "model");
        var prompt =
                new Command.Prompt(body.required("text"), body.text("model").filter(it -> !it.isEmpty()));
        return creation.perform(body, () -> ask(user, room, prompt));
    }

    private Creation.Created ask(User user, String room, Command.Prompt prompt) {
        try (RoomHandle handle = rooms.open(user, room)) {
            Cursor before = handle.end();
            Command.Ack ack = asking.perform(user, room, prompt);
            String events = "rooms/" + room + "/events?cursor=" + before;
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("turn", ack.turn()).put("message", ack.message()).put("room", room);
            json.put("cursor", before.toString());
            json.put("events", request.getContextPath() + "/api/" + events);
            return new Creation.Created(202, events, json);
        }
    }
}
