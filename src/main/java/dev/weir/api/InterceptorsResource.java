package dev.weir.api;

import dev.weir.pipeline.Scope;
import dev.weir.room.PolicyDesk;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

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

    @Path("policies/installation")
    public PolicyOfScope ofInstallation() {
        return of(Scope.INSTALLATION);
    }

    @Path("policies/organisations/{organisation}")
    public PolicyOfScope ofOrganisation(@PathParam("organisation") String id) {
        return of(Scope.organisation(id));
    }

    @Path("policies/rooms/{room}")
    public PolicyOfScope ofRoom(@PathParam("room") String id) {
        return of(Scope.room(id));
    }

    private PolicyOfScope of(Scope scope) {
        return new PolicyOfScope(desk, caller.user(), scope);
    }
}
