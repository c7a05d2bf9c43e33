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
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** API keys: one's own; for administrators everybody's, which auditors may see. */
@Path("keys")
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {

    @Inject
    ApiKeyService keys;

    @Inject
    ModelCatalogue catalogue;

    @Inject
    Caller caller;

    @GET
    public String list() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode list = json.putArray("keys");
        keys.list(caller.user()).forEach(it -> list.add(object(it)));
        return json.toString();
    }

    /** The answer is the only place where the key itself ever shows. */
    @POST
    public Response create(InputStream in) {
        User user = caller.user();
        Body body = Body.read(in);
        Set<String> models = body.texts("models");
        models.stream().filter(it -> catalogue.model(it).isEmpty()).findFirst().ifPresent(it -> {
            throw new Refusal(Refusal.Code.UNKNOWN_MODEL, "There is no model " + it + " here.");
        });
        ApiKeyService.Created created = keys.create(
                user,
                new ApiKeyService.Wanted(
                        body.text("name").orElse(""),
                        body.text("owner").orElse(user.id()),
                        body.text("expiresAt").map(KeysResource::moment),
                        models));
        return Response.created(URI.create("keys/" + created.key().id()))
                .entity(object(created.key()).put("key", created.secret()).toString())
                .build();
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
