package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.User;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.translate.Translate;
import dev.weir.room.Refusal;
import dev.weir.room.Room;
import dev.weir.room.Room.Origin;
import dev.weir.room.RoomJson;
import dev.weir.room.RoomPlace;
import dev.weir.room.Rooms;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The caller's rooms. */
@Path("rooms")
@Produces(MediaType.APPLICATION_JSON)
public class RoomsResource {

    private static final String COMPLETIONS = "completions";

    @Inject
    Rooms rooms;

    @Inject
    Caller caller;

    @Inject
    Creation creation;

    @Inject
    Pipeline pipeline;

    @GET
    public String list(
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after,
            @QueryParam("include") @Nullable String include) {
        Optional<RoomPlace> place =
                Optional.ofNullable(after).filter(it -> !it.isEmpty()).map(RoomPlace::parse);
        Rooms.Page page = rooms.list(caller.user(), origins(include), place, Paging.limit(limit, Rooms.LISTED));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("rooms");
        page.rooms().forEach(it -> list.add(RoomJson.object(it)));
        page.next().ifPresent(it -> json.put("next", it.toString()));
        return json.toString();
    }

    private static Set<Origin> origins(@Nullable String include) {
        if (include == null || include.isEmpty()) {
            return EnumSet.of(Origin.CONVERSATION);
        }
        if (include.equals(COMPLETIONS)) {
            return EnumSet.allOf(Origin.class);
        }
        throw new Refusal(Refusal.Code.INVALID, "\"include\" is " + COMPLETIONS + ", or left out.");
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream in) {
        Body body = Body.read(in).only("name", "model");
        String name = body.text("name").orElse("");
        String model = body.text("model").orElse("");
        return creation.perform(body, () -> {
            Room room = rooms.create(caller.user(), name, model);
            return new Creation.Created(201, "rooms/" + room.id(), RoomJson.object(room));
        });
    }

    @GET
    @Path("{room}")
    public String room(@PathParam("room") String id) {
        Rooms.Details details = rooms.details(caller.user(), id);
        ObjectNode json = RoomJson.object(details.room());
        ArrayNode members = json.putArray("members");
        details.members().forEach(it -> members.add(UserJson.member(it)));
        json.put(
                "translates",
                Translate.isIn(pipeline.plan(caller.user().organisation(), id).declared()));
        return json.toString();
    }

    @PATCH
    @Path("{room}")
    @Consumes(MediaType.APPLICATION_JSON)
    public String change(@PathParam("room") String id, InputStream in) {
        Body body = Body.read(in).only("name", "model");
        return RoomJson.write(rooms.change(caller.user(), id, body.text("name"), body.text("model")));
    }

    @DELETE
    @Path("{room}")
    public void delete(@PathParam("room") String id) {
        rooms.delete(caller.user(), id);
    }

    @POST
    @Path("{room}/members")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response addMember(@PathParam("room") String id, InputStream in) {
        User added =
                rooms.addMember(caller.user(), id, Body.read(in).only("login").required("login"));
        return Response.status(Response.Status.CREATED)
                .entity(UserJson.member(added).toString())
                .build();
    }

    @DELETE
    @Path("{room}/members/{user}")
    public void removeMember(@PathParam("room") String id, @PathParam("user") String user) {
        rooms.removeMember(caller.user(), id, user);
    }
}
