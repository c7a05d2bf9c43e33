package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.User;
import dev.weir.model.ModelCatalogue;
import dev.weir.model.ModelSpec;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The models that can be asked. */
@Path("models")
@Produces(MediaType.APPLICATION_JSON)
public class ModelsResource {

    @Inject
    ModelCatalogue catalogue;

    @Inject
    Caller caller;

    @GET
    public String models() {
        User user = caller.user();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        catalogue.specs().stream().findFirst().ifPresent(it -> json.put("default", it.name()));
        ArrayNode models = json.putArray("models");
        catalogue.specs().stream().filter(it -> user.mayAsk(it.name())).forEach(it -> put(models.addObject(), it));
        return json.toString();
    }

    private static void put(ObjectNode json, ModelSpec spec) {
        json.put("name", spec.name());
        json.put("label", spec.label());
        json.put("description", spec.description());
        json.put("provider", spec.provider());
        json.put("model", spec.model());
        json.put("demonstration", spec.demonstration());
        ObjectNode price = json.putObject("price");
        price.put("input", spec.price().input().toPlainString());
        price.put("output", spec.price().output().toPlainString());
        json.put("contextWindow", spec.contextWindow());
        json.put("onPremise", spec.onPremise());
    }
}
