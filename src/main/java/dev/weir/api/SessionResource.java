package dev.weir.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who is signed in. */
@Path("session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    @Inject
    Caller caller;

    @GET
    public String session() {
        User user = caller.user();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode shown = json.putObject("user");
        shown.put("id", user.id());
        shown.put("login", user.login());
        shown.put("name", user.name());
        shown.put("organisation", user.organisation());
        user.roles().stream().map(Role::word).sorted().forEach(shown.putArray("roles")::add);
        return json.toString();
    }
}
