package dev.weir.api;

import dev.weir.identity.Accounts;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.UserChange;
import dev.weir.identity.UserDraft;
import dev.weir.room.Refusal;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The users of the installation, for administrators; auditors may read. */
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {

    private static final int MOST_LISTED = 200;
    private static final String PASSWORD_LOST =
            "The generated password was in the first answer only. If you don't have it, set another one.";

    @Inject
    Accounts accounts;

    @Inject
    Caller caller;

    @Inject
    Creation creation;

    @GET
    public String list(@QueryParam("limit") @Nullable String limit, @QueryParam("after") @Nullable String after) {
        int most = Paging.limit(limit, MOST_LISTED);
        List<User> users =
                accounts.list(caller.user(), Optional.ofNullable(after).orElse(""), most + 1);
        return Paging.page("users", users, most, UserJson::account, User::login);
    }

    /** With a generated password in the answer when the body has none. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream in) {
        User user = caller.user();
        accounts.checkMayChange(user);
        Body body = Body.read(in).only("login", "name", "organisation", "roles", "password");
        UserDraft draft = new UserDraft(
                body.required("login"),
                body.text("name"),
                body.text("organisation"),
                roles(body),
                body.text("password"));
        return creation.perform(body, () -> {
            Accounts.Created created = accounts.create(user, draft);
            return new Creation.Created(
                    201,
                    "users/" + created.user().id(),
                    UserJson.account(created.user()),
                    created.password().map(it -> new Creation.Secret("password", it, PASSWORD_LOST)));
        });
    }

    @GET
    @Path("{user}")
    public String user(@PathParam("user") String id) {
        return UserJson.account(accounts.user(caller.user(), id)).toString();
    }

    @PATCH
    @Path("{user}")
    @Consumes(MediaType.APPLICATION_JSON)
    public String change(@PathParam("user") String id, InputStream in) {
        Body body = Body.read(in).only("name", "organisation", "roles", "password", "disabled");
        UserChange change = new UserChange(
                body.text("name"),
                body.text("organisation"),
                roles(body),
                body.text("password"),
                body.flag("disabled"));
        return UserJson.account(accounts.change(caller.user(), id, change)).toString();
    }

    @DELETE
    @Path("{user}")
    public void delete(@PathParam("user") String id) {
        accounts.delete(caller.user(), id);
    }

    private static Optional<Set<Role>> roles(Body body) {
        if (!body.has("roles")) {
            return Optional.empty();
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : body.texts("roles")) {
            roles.add(role(word));
        }
        return Optional.of(roles);
    }

    private static Role role(String word) {
        for (Role role : Role.values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new Refusal(Refusal.Code.INVALID, "The roles are user, auditor and admin.");
    }
}
