package dev.weir.api;

import dev.weir.identity.User;
import dev.weir.pipeline.Policy;
import dev.weir.pipeline.PolicyJson;
import dev.weir.pipeline.Scope;
import dev.weir.room.PolicyDesk;
import dev.weir.room.Refusal;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policy of one scope. Its {@code ETag} is its version: a change that names it in {@code If-Match} (RFC 9110, section
 * 13.1.1) is refused when somebody else was faster.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class PolicyOfScope {

    private final PolicyDesk desk;
    private final User user;
    private final Scope scope;

    PolicyOfScope(PolicyDesk desk, User user, Scope scope) {
        this.desk = desk;
        this.user = user;
        this.scope = scope;
    }

    @GET
    public Response get() {
        PolicyDesk.Standing standing = desk.standing(user, scope);
        return Response.ok(InterceptorsJson.standing(standing).toString())
                .tag(standing.version())
                .build();
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response set(InputStream in, @HeaderParam("If-Match") @Nullable String ifMatch, @Context Request request) {
        desk.checkMayChange(user, scope);
        Policy policy = policy(Body.read(in));
        desk.save(user, scope, policy, version(ifMatch, request));
        return get();
    }

    @DELETE
    public void reset(@HeaderParam("If-Match") @Nullable String ifMatch, @Context Request request) {
        desk.checkMayChange(user, scope);
        desk.reset(user, scope, version(ifMatch, request));
    }

    /** The version from which a change was made; empty when it replaces whatever there is. */
    private Optional<String> version(@Nullable String ifMatch, Request request) {
        if (ifMatch == null) {
            return Optional.empty();
        }
        String now = desk.standing(user, scope).version();
        return Optional.of(request.evaluatePreconditions(new EntityTag(now)) == null ? now : ifMatch);
    }

    private static Policy policy(Body body) {
        try {
            return PolicyJson.policy(body.json());
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Code.INVALID, String.valueOf(e.getMessage()));
        }
    }
}
