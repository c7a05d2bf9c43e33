package dev.weir.api;

import dev.weir.identity.User;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.PolicyJson;
import dev.weir.pipeline.Scope;
import dev.weir.room.PolicyDesk;
import dev.weir.room.Refusal;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;

/** The interceptors and the policies that they run under, for administrators; auditors may read. */
@Path("interceptors")
@Produces(MediaType.APPLICATION_JSON)
public class InterceptorsResource {

    @Inject
    PolicyDesk desk;

    @Inject
    Caller caller;

    @GET
    public String interceptors() {
        return InterceptorsJson.interceptors(desk.interceptors(caller.user())).toString();
    }

    @GET
    @Path("policies")
    public String policies() {
        return InterceptorsJson.scopes(desk.scopes(caller.user())).toString();
    }

    @GET
    @Path("policies/installation")
    public String ofInstallation() {
        return standing(Scope.INSTALLATION);
    }

    @PUT
    @Path("policies/installation")
    @Consumes(MediaType.APPLICATION_JSON)
    public String setInstallation(InputStream in) {
        return save(Scope.INSTALLATION, in);
    }

    @DELETE
    @Path("policies/installation")
    public void resetInstallation() {
        desk.reset(caller.user(), Scope.INSTALLATION);
    }

    @GET
    @Path("policies/organisations/{organisation}")
    public String ofOrganisation(@PathParam("organisation") String id) {
        return standing(Scope.organisation(id));
    }

    @PUT
    @Path("policies/organisations/{organisation}")
    @Consumes(MediaType.APPLICATION_JSON)
    public String setOrganisation(@PathParam("organisation") String id, InputStream in) {
        return save(Scope.organisation(id), in);
    }

    @DELETE
    @Path("policies/organisations/{organisation}")
    public void resetOrganisation(@PathParam("organisation") String id) {
        desk.reset(caller.user(), Scope.organisation(id));
    }

    @GET
    @Path("policies/rooms/{room}")
    public String ofRoom(@PathParam("room") String id) {
        return standing(Scope.room(id));
    }

    @PUT
    @Path("policies/rooms/{room}")
    @Consumes(MediaType.APPLICATION_JSON)
    public String setRoom(@PathParam("room") String id, InputStream in) {
        return save(Scope.room(id), in);
    }

    @DELETE
    @Path("policies/rooms/{room}")
    public void resetRoom(@PathParam("room") String id) {
        desk.reset(caller.user(), Scope.room(id));
    }

    private String standing(Scope scope) {
        return InterceptorsJson.standing(desk.standing(caller.user(), scope)).toString();
    }

    private String save(Scope scope, InputStream in) {
        User user = caller.user();
        desk.checkMayChange(user, scope);
        desk.save(user, scope, policy(Body.read(in)));
        return standing(scope);
    }

    private static Policy policy(Body body) {
        try {
            return PolicyJson.policy(body.json());
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Code.INVALID, String.valueOf(e.getMessage()));
        }
    }
}
