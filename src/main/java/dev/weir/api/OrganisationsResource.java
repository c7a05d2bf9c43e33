package dev.weir.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.Organisation;
import dev.weir.identity.OrganisationAccounts;
import dev.weir.identity.User;
import dev.weir.room.BudgetDesk;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The organisations of the installation, for administrators; auditors may read. */
@Path("organisations")
@Produces(MediaType.APPLICATION_JSON)
public class OrganisationsResource {

    private static final int MOST_LISTED = 200;

    @Inject
    OrganisationAccounts organisations;

    @Inject
    BudgetDesk budgets;

    @Inject
    Caller caller;

    @Inject
    Creation creation;

    @GET
    public String list(@QueryParam("limit") @Nullable String limit, @QueryParam("after") @Nullable String after) {
        int most = Paging.limit(limit, MOST_LISTED);
        List<Organisation> found =
                organisations.list(caller.user(), Optional.ofNullable(after).orElse(""), most + 1);
        return Paging.page("organisations", found, most, OrganisationsResource::object, Organisation::id);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream in) {
        User user = caller.user();
        organisations.checkMayChange(user);
        Body body = Body.read(in).only("name");
        String name = body.required("name");
        return creation.perform(body, () -> {
            Organisation created = organisations.create(user, name);
            return new Creation.Created(201, "organisations/" + created.id(), object(created));
        });
    }

    @GET
    @Path("{organisation}")
    public String organisation(@PathParam("organisation") String id) {
        return withZone(organisations.organisation(caller.user(), id)).toString();
    }

    @PATCH
    @Path("{organisation}")
    @Consumes(MediaType.APPLICATION_JSON)
    public String rename(@PathParam("organisation") String id, InputStream in) {
        Body body = Body.read(in).only("name", "timeZone");
        if (body.has("timeZone")) {
            organisations.checkMayChange(caller.user());
            organisations.organisation(caller.user(), id);
            budgets.setTimeZone(caller.user(), id, body.required("timeZone"));
        }
        if (body.has("name") || !body.has("timeZone")) {
            organisations.rename(caller.user(), id, body.required("name"));
        }
        return organisation(id);
    }

    @DELETE
    @Path("{organisation}")
    public void delete(@PathParam("organisation") String id) {
        organisations.delete(caller.user(), id);
    }

    private ObjectNode withZone(Organisation organisation) {
        return object(organisation)
                .put("timeZone", budgets.timeZone(organisation.id()).getId());
    }

    private static ObjectNode object(Organisation organisation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", organisation.id())
                .put("name", organisation.name());
    }
}
