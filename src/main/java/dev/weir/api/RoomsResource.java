package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.User;
import dev.weir.room.Refusal;
import dev.weir.room.Room;
import dev.weir.room.RoomJson;
import dev.weir.room.Rooms;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** The caller's rooms. */
@Path("rooms")
@Produces(MediaType.APPLICATION_JSON)
public class RoomsResource {

    @Inject
    Rooms rooms;

    @Inject
    Caller caller;

    @GET
    public String list() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("rooms");
        rooms.list(caller.user()).forEach(it -> list.add(RoomJson.object(it)));
        return json.toString();
    }

    @POST
    public Response create(InputStream in) throws IOException {
        Body body = Body.read(in);
        Room room = rooms.create(
                caller.user(), body.text("name").orElse(""), body.text("model").orElse(""));
        return Response.created(URI.create("rooms/" + room.id()))
                .entity(RoomJson.write(room))
                .build();
    }

    @GET
    @Path("{room}")
    public String room(@PathParam("room") String id) {
        Rooms.Details details = rooms.details(caller.user(), id);
        ObjectNode json = RoomJson.object(details.room());
        ArrayNode members = json.putArray("members");
        details.members().forEach(it -> members.add(member(it)));
        return json.toString();
    }

    @PATCH
    @Path("{room}")
    public String change(@PathParam("room") String id, InputStream in) throws IOException {
        User user = caller.user();
        Body body = Body.read(in);
        body.text("model").ifPresent(it -> rooms.useModel(user, id, it));
        body.text("name").ifPresent(it -> rooms.rename(user, id, it));
        return RoomJson.write(rooms.room(user, id));
    }

    @DELETE
    @Path("{room}")
    public void delete(@PathParam("room") String id) {
        rooms.delete(caller.user(), id);
    }

    @POST
    @Path("{room}/members")
    public Response addMember(@PathParam("room") String id, InputStream in) throws IOException {
        String login = Body.read(in)
                .text("login")
                .orElseThrow(() -> new Refusal(Refusal.Code.INVALID, "\"login\" says whom to add."));
        User added = rooms.addMember(caller.user(), id, login);
        return Response.status(Response.Status.CREATED)
                .entity(member(added).toString())
                .build();
    }

    @DELETE
    @Path("{room}/members/{user}")
    public void removeMember(@PathParam("room") String id, @PathParam("user") String user) {
        rooms.removeMember(caller.user(), id, user);
    }

    private static ObjectNode member(User user) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return json.put("id", user.id()).put("name", user.name()).put("login", user.login());
    }
}
