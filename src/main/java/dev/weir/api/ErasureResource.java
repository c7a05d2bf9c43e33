package dev.weir.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.room.Erasure;
import dev.weir.room.Erasures;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Forgetting a user, for administrators; auditors may see how far it is. */
@Path("users/{user}/erasure")
@Produces(MediaType.APPLICATION_JSON)
public class ErasureResource {

    private static final int DONE = 200;
    private static final int UNDER_WAY = 202;

    @Inject
    Erasures erasures;

    @Inject
    Caller caller;

    /** Done when it answers 200; with 202 the rest follows by itself. */
    @POST
    public Response erase(@PathParam("user") String user) {
        Erasure erasure = erasures.erase(caller.user(), user);
        int status = erasure.finished().isPresent() ? DONE : UNDER_WAY;
        return Response.status(status).entity(json(erasure)).build();
    }

    @GET
    public String erasure(@PathParam("user") String user) {
        return json(erasures.erasure(caller.user(), user));
    }

    private static String json(Erasure erasure) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("user", erasure.user());
        json.put("begun", erasure.begun().toString());
        erasure.finished().ifPresent(it -> json.put("finished", it.toString()));
        return json.put("messages", erasure.messages()).toString();
    }
}
