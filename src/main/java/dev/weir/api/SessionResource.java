package dev.weir.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.Accounts;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.translate.Translate;
import dev.weir.room.LanguageChoice;
import dev.weir.room.NodeList;
import dev.weir.room.Refusal;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.IllformedLocaleException;
import java.util.Locale;

/** Who is signed in. */
@Path("session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

    private static final int LONGEST_TAG = 35;

    @Inject
    Caller caller;

    @Inject
    Accounts accounts;

    @Inject
    LanguageChoice languages;

    @Inject
    Pipeline pipeline;

    @Inject
    NodeList nodes;

    @GET
    public String session() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("user", UserJson.own(caller.user()));
        json.put("language", languages.of(caller.user().id()));
        json.put(
                "translates",
                Translate.isIn(pipeline.plan(caller.user().organisation(), "").declared()));
        ArrayNode places = json.putArray("nodes");
        nodes.addresses().forEach(places::add);
        return json.toString();
    }

    /** Sets the language in which the caller wants to read. */
    @PATCH
    @Consumes(MediaType.APPLICATION_JSON)
    public String change(InputStream in) {
        Body body = Body.read(in).only("language");
        body.text("language").ifPresent(it -> languages.choose(caller.user().id(), tag(it)));
        return session();
    }

    private static String tag(String given) {
        if (given.isEmpty()) {
            return given;
        }
        try {
            Locale locale = new Locale.Builder().setLanguageTag(given).build();
            if (!locale.getLanguage().isEmpty() && locale.toLanguageTag().length() <= LONGEST_TAG) {
                return locale.toLanguageTag();
            }
        } catch (IllformedLocaleException e) {
            // refused below
        }
        throw new Refusal(
                Refusal.Code.INVALID, "\"language\" is a BCP 47 tag such as fr or pt-BR, or empty for the original.");
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
