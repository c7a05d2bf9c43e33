package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.ApiKey;
import dev.weir.identity.ApiKeyService;
import dev.weir.identity.User;
import dev.weir.model.ModelCatalogue;
import dev.weir.room.Refusal;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** API keys: one's own; for administrators everybody's, which auditors may see. */
@Path("keys")
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {

    private static final String KEY_LOST =
            "The key itself was in the first answer only. If you don't have it, revoke this"
                    + " one and make another, under a new Idempotency-Key.";

    @Inject
    ApiKeyService keys;

    @Inject
    ModelCatalogue catalogue;

    @Inject
    Caller caller;

    @Inject
    Creation creation;

    @GET
    public String list() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("keys");
        keys.list(caller.user()).forEach(it -> list.add(object(it)));
        return json.toString();
    }

    /** The first answer is the only place where the key itself ever shows. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(InputStream in) {
        User user = caller.user();
        Body body = Body.read(in).only("name", "owner", "expiresAt", "models");
        ApiKeyService.Wanted wanted = new ApiKeyService.Wanted(
                body.text("name").orElse(""),
                body.text("owner").orElse(user.id()),
                body.text("expiresAt").map(KeysResource::moment),
                body.texts("models"));
        return creation.perform(body, () -> create(user, wanted));
    }

    private Creation.Created create(User user, ApiKeyService.Wanted wanted) {
        wanted.models().stream()
                .filter(it -> catalogue.model(it).isEmpty())
                .findFirst()
                .ifPresent(it -> {
                    throw new Refusal(Refusal.Code.UNKNOWN_MODEL, "There is no model " + it + " here.");
                });
        ApiKeyService.Created created = keys.create(user, wanted);
        return new Creation.Created(
                201,
                "keys/" + created.key().id(),
                object(created.key()),
                Optional.of(new Creation.Secret("key", created.secret(), KEY_LOST)));
    }

    @DELETE
    @Path("{key}")
    public void revoke(@PathParam("key") String id) {
        keys.revoke(caller.user(), id);
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refusal(Refusal.Code.INVALID, "\"expiresAt\" is a moment in UTC such as 2030-01-31T00:00:00Z.");
        }
    }

    private static ObjectNode object(ApiKey key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", key.id());
        json.put("name", key.name());
        json.put("owner", key.owner());
        json.put("start", key.start());
        json.put("createdAt", key.createdAt().toString());
        json.put("expiresAt", key.expiresAt().map(Instant::toString).orElse(null));
        json.put("lastUsedAt", key.lastUsedAt().map(Instant::toString).orElse(null));
        key.models().stream().sorted().forEach(json.putArray("models")::add);
        return json;
    }
}
