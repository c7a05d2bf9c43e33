package dev.weir.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weir.identity.Accounts;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/** Who is signed in. */
@Path("session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    @Inject
    Caller caller;

    @Inject
    Accounts accounts;

    @GET
    public String session() {
        return JsonNodeFactory.instance
                .objectNode()
                .set("user", UserJson.own(caller.user()))
                .toString();
    }

    /** Sets another password; the caller's other sign-ins end. */
    @POST
    @Path("password")
    @Consumes(MediaType.APPLICATION_JSON)
    public void changePassword(InputStream in) {
        Body body = Body.read(in).only("old", "new");
        accounts.changeOwnPassword(caller.user(), body.required("old"), body.required("new"), caller.token());
    }
}
