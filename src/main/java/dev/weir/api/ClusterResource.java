package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.ModelSpec;
import dev.weir.room.ClusterDesk;
import dev.weir.turn.NodeState;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** The nodes, for administrators; auditors may look. */
@Path("cluster")
@Produces(MediaType.APPLICATION_JSON)
public class ClusterResource {

    @Inject
    ClusterDesk desk;

    @Inject
    Caller caller;

    @GET
    public String nodes() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode nodes = json.putArray("nodes");
        desk.nodes(caller.user()).forEach(it -> put(nodes.addObject(), it));
        return json.toString();
    }

    private static void put(ObjectNode json, ClusterDesk.Seen seen) {
        json.put("id", seen.node().id())
                .put("self", seen.self())
                .put("address", seen.node().address())
                .put("place", seen.node().place())
                .put("version", seen.node().version());
        seen.state().ifPresent(it -> put(json, it));
    }

    private static void put(ObjectNode json, NodeState state) {
        ArrayNode roles = json.putArray("roles");
        List.of(state.roles().split(",", -1)).forEach(roles::add);
        json.put("startedAt", Instant.ofEpochMilli(state.startedAt()).toString());
        json.put("draining", state.draining());
        ArrayNode models = json.putArray("models");
        state.models().stream().map(ModelSpec::name).forEach(models::add);
        json.put("turns", state.turns())
                .put("waiting", state.waiting())
                .put("places", state.places())
                .put("rooms", state.rooms())
                .put("connections", state.connections())
                .put("unbackedAppends", state.unbacked())
                .put("unkeptWrites", state.unkept())
                .put("database", state.database().isEmpty() ? "works" : state.database());
    }

    /** Takes a node out of service; one that is out of it already stays so. */
    @POST
    @Path("nodes/{node}/drain")
    public void drain(@PathParam("node") String node) {
        desk.drain(caller.user(), node);
    }

    /** Takes a node back into service; one that is in it stays so. */
    @DELETE
    @Path("nodes/{node}/drain")
    public void restore(@PathParam("node") String node) {
        desk.restore(caller.user(), node);
    }
}
