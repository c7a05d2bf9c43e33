package dev.weir.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.room.Once;
import dev.weir.room.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Creates what a request asks for, and with the header {@value #KEY} only once however often it comes
 * (draft-ietf-httpapi-idempotency-key-header).
 */
@RequestScoped
public class Creation {

    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    /** Never kept of what was asked, nor compared. */
    private static final Set<String> SECRETS = Set.of("password");

    private static final Pattern KEYS = Pattern.compile("[!-~]{1,200}");
    private static final JsonMapper JSON = new JsonMapper();

    @Inject
    HttpServletRequest request;

    @Inject
    Caller caller;

    @Inject
    Once once;

    /**
     * A field of the first answer and of no other.
     *
     * @param lost what a repeat says in its {@code detail} instead: where it was, and what to do without it
     */
    record Secret(String field, String value, String lost) {

        @Override
        public String toString() {
            return "Secret[" + field + "]";
        }
    }

    /**
     * What was created.
     *
     * @param location its address, below {@code /api/}
     * @param shown what every answer has
     */
    record Created(int status, String location, ObjectNode shown, Optional<Secret> secret) {

        Created(int status, String location, ObjectNode shown) {
            this(status, location, shown, Optional.empty());
        }

        Response response() {
            ObjectNode body = shown.deepCopy();
            secret.ifPresent(it -> body.put(it.field(), it.value()));
            return Response.status(status)
                    .location(URI.create(location))
                    .entity(body.toString())
                    .build();
        }

        private String kept() {
            ObjectNode json = JSON.createObjectNode();
            json.put("status", status).put("location", location);
            ObjectNode body = shown.deepCopy();
            secret.ifPresent(it -> body.put("detail", it.lost()));
            json.set("shown", body);
            return json.toString();
        }

        private static Created of(String kept) {
            try {
                JsonNode json = JSON.readTree(kept);
                return new Created(
                        json.path("status").asInt(), json.path("location").asText(), (ObjectNode) json.path("shown"));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("What was kept of an answer is no JSON.", e);
            }
        }
    }

    /** Has the work done, or gives the answer that it had before, without its secret. */
    Response perform(Body body, Supplier<Created> work) {
        Optional<String> key = key();
        if (key.isEmpty()) {
            return work.get().response();
        }
        Created[] created = new Created[1];
        String wanted = request.getMethod() + " " + request.getRequestURI() + "\n" + body.without(SECRETS);
        Once.Answer answer = once.perform(caller.user().id(), key.get(), wanted, () -> {
            Created done = work.get();
            created[0] = done;
            return done.kept();
        });
        return answer.again()
                ? Response.fromResponse(Created.of(answer.text()).response())
                        .header(REPLAYED, "true")
                        .build()
                : created[0].response();
    }

    private Optional<String> key() {
        Optional<String> key = Optional.ofNullable(request.getHeader(KEY));
        if (key.filter(it -> !KEYS.matcher(it).matches()).isPresent()) {
            throw new Refusal(Refusal.Code.INVALID, KEY + " has 1 to 200 visible ASCII characters.");
        }
        return key;
    }
}
