package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.weir.event.Ids;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The server's OpenAPI document tells the truth: every route is in it, and answers are as it says. */
class OpenApiIT {

    private static final Pattern TEMPLATE = Pattern.compile("\\{([a-z]+)}");

    /** What makes something, and takes a key to make it once; the header is read in one place for all of them. */
    private static final Set<String> KEYED = Set.of(
            "POST /api/keys",
            "POST /api/rooms",
            "POST /api/rooms/{room}/messages",
            "POST /api/users",
            "POST /api/organisations",
            "POST /api/budgets");

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");
    private final WeirClient anna = server.client("anna");
    private final ApiDocument document = document();

    private ApiDocument document() {
        HttpResponse<String> response = admin.send(admin.request("/openapi").header("Accept", "application/json"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ApiDocument(WeirClient.parse(response.body()));
    }

    /** Each route of the REST door with the parameters it takes. */
    private static Map<String, Set<String>> routes() {
        Map<String, Set<String>> routes = new TreeMap<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.weir.api")) {
            if (each.isAnnotatedWith(Path.class)) {
                Class<?> resource = each.reflect();
                addRoutes("/api/" + resource.getAnnotation(Path.class).value(), resource, routes);
            }
        }
        return routes;
    }

    private static void addRoutes(String root, Class<?> resource, Map<String, Set<String>> routes) {
        for (Method method : resource.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            String at = root + (path == null ? "" : "/" + path.value());
            Optional<String> verb = verb(method);
            if (verb.isPresent()) {
                String operation = verb.get() + " " + at;
                routes.computeIfAbsent(operation, it -> new TreeSet<>()).addAll(parameters(operation, method));
            } else if (path != null) {
                addRoutes(at, method.getReturnType(), routes);
            }
        }
    }

    private static Optional<String> verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return Optional.of(verb.value());
            }
        }
        return Optional.empty();
    }

    private static Set<String> parameters(String operation, Method method) {
        Set<String> parameters = new TreeSet<>();
        Matcher templates = TEMPLATE.matcher(operation);
        while (templates.find()) {
            parameters.add("path " + templates.group(1));
        }
        for (Parameter parameter : method.getParameters()) {
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            HeaderParam header = parameter.getAnnotation(HeaderParam.class);
            if (query != null) {
                parameters.add("query " + query.value());
            }
            if (header != null) {
                parameters.add("header " + header.value());
            }
        }
        if (KEYED.contains(operation)) {
            parameters.add("header Idempotency-Key");
        }
        return parameters;
    }

    @Test
    void describes_every_route_and_no_other() {
        assertThat(document.operations().stream().filter(it -> it.contains(" /api/")))
                .containsExactlyElementsOf(routes().keySet());
    }

    @Test
    void describes_every_parameter_and_no_other() {
        routes().forEach((operation, parameters) ->
                assertThat(document.parameters(operation)).as(operation).isEqualTo(parameters));
    }

    @Test
    void says_of_every_route_that_it_wants_a_sign_in_and_refuses_without() {
        for (String operation : routes().keySet()) {
            String verb = operation.substring(0, operation.indexOf(' '));
            String path = operation.substring(operation.indexOf(' ') + 1).replaceAll("\\{[a-z]+}", "x");
            HttpResponse<String> response = WeirClient.anonymous(server).call(verb, path, null);

            asDocumented(operation, response, 401);
        }
    }

    private void asDocumented(String operation, HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(operation + ": " + response.body()).isEqualTo(status);
        String type = response.headers().firstValue("Content-Type").orElse("");
        assertThat(document.faults(operation, status, type, response.body())).isEmpty();
    }

    private JsonNode call(WeirClient client, String operation, String path, @Nullable String body, int status) {
        String verb = operation.substring(0, operation.indexOf(' '));
        HttpResponse<String> response = client.call(verb, path, body);
        asDocumented(operation, response, status);
        return response.body().isEmpty() ? WeirClient.JSON.createObjectNode() : WeirClient.parse(response.body());
    }

    @Test
    void answers_about_rooms_as_documented() {
        String rooms = "POST /api/rooms";
        String id = call(anna, rooms, "/api/rooms", "{\"name\":\"Plans\"}", 201)
                .path("id")
                .asText();
        String at = "/api/rooms/" + id;
        call(anna, rooms, "/api/rooms", "{", 400);
        call(anna, rooms, "/api/rooms", "{\"name\":\"" + "x".repeat(2 << 20) + "\"}", 413);
        call(anna, "GET /api/rooms", "/api/rooms?limit=1", null, 200);
        call(anna, "GET /api/rooms", "/api/rooms?limit=x", null, 400);
        call(anna, "GET /api/rooms/{room}", at, null, 200);
        call(anna, "GET /api/rooms/{room}", at + "x", null, 404);
        call(anna, "PATCH /api/rooms/{room}", at, "{\"name\":\"Dreams\"}", 200);
        call(anna, "PATCH /api/rooms/{room}", at, "{\"name\":1}", 400);
        call(anna, "PATCH /api/rooms/{room}", at + "x", "{}", 404);
        String members = "POST /api/rooms/{room}/members";
        String ben = call(anna, members, at + "/members", "{\"login\":\"ben\"}", 201)
                .path("id")
                .asText();
        call(anna, members, at + "/members", "{\"login\":\"nobody\"}", 404);
        call(anna, members, at + "/members", "{}", 400);
        String leave = "DELETE /api/rooms/{room}/members/{user}";
        call(anna, leave, at + "/members/" + ben, null, 204);
        call(anna, leave, at + "/members/" + ben, null, 404);
        String me = call(anna, "GET /api/session", "/api/session", null, 200)
                .path("user")
                .path("id")
                .asText();
        call(anna, leave, at + "/members/" + me, null, 409);
        call(anna, "DELETE /api/rooms/{room}", at, null, 204);
        call(anna, "DELETE /api/rooms/{room}", at, null, 404);
    }

    @Test
    void answers_in_a_conversation_as_documented() {
        String at = "/api/rooms/" + anna.room("quick");
        String ask = "POST /api/rooms/{room}/messages";
        JsonNode asked = call(anna, ask, at + "/messages", "{\"text\":\"Hello\"}", 202);
        call(anna, ask, at + "/messages", "{\"text\":\"\"}", 400);
        call(anna, ask, at + "/messages", "{\"text\":\"" + "x".repeat(200_001) + "\"}", 413);
        call(anna, ask, at + "x/messages", "{\"text\":\"Hello\"}", 404);
        String events = "GET /api/rooms/{room}/events";
        call(anna, events, asked.path("events").asText() + "&wait=10", null, 200);
        call(anna, events, at + "/events", null, 200);
        call(anna, events, at + "/events?cursor=x", null, 400);
        call(anna, events, at + "x/events", null, 404);
        asDocumented(events, anna.send(anna.request(at + "/events").header("Accept", "text/html")), 406);
        String stop = "POST /api/rooms/{room}/turns/{turn}/stop";
        call(anna, stop, at + "/turns/" + asked.path("turn").asText() + "/stop", null, 204);
        call(anna, stop, at + "x/turns/x/stop", null, 404);
    }

    @Test
    void answers_about_budgets_as_documented() {
        String create = "POST /api/budgets";
        String draft = "{\"name\":\"Test\",\"unit\":\"usd\",\"limit\":\"1000000.000001\",\"period\":\"rolling:PT24H\","
                + "\"scope\":{\"model\":\"careful\"},\"warn-at\":[0.5],\"at-limit\":\"degrade:quick@0.9\"}";
        JsonNode made = call(admin, create, "/api/budgets", draft, 201);
        assertThat(made.path("limit").asText()).isEqualTo("1000000.000001");
        call(admin, create, "/api/budgets", draft.replace("usd", "euro"), 400);
        call(admin, create, "/api/budgets", draft.replace("\"1000000.000001\"", "12.5"), 400);
        call(admin, create, "/api/budgets", draft.replace("\"model\":\"careful\"", "\"org\":\"nobody\""), 404);
        call(admin, create, "/api/budgets", draft.replace("careful", "nothing"), 400);
        call(anna, create, "/api/budgets", draft, 403);
        call(admin, "GET /api/budgets", "/api/budgets", null, 200);
        call(anna, "GET /api/budgets", "/api/budgets", null, 403);
        asDocumented("GET /api/budgets", admin.get("/api/budgets?as=csv"), 200);
        call(anna, "GET /api/budgets/own", "/api/budgets/own", null, 200);
        call(anna, "GET /api/budgets/own", "/api/budgets/own?room=x&totals=false", null, 200);
        String simulate = "POST /api/budgets/simulation";
        call(admin, simulate, "/api/budgets/simulation", "{}", 200);
        String trial = "{\"from\":\"2026-01-01\",\"to\":\"2026-12-31\",\"budget\":" + draft + "}";
        call(admin, simulate, "/api/budgets/simulation", trial, 200);
        call(admin, simulate, "/api/budgets/simulation", trial.replace("careful", "nothing"), 400);
        call(admin, simulate, "/api/budgets/simulation", "{\"from\":\"2020-01-01\",\"to\":\"2026-12-31\"}", 400);
        call(anna, simulate, "/api/budgets/simulation", "{}", 403);
        String at = "/api/budgets/" + made.path("id").asText();
        call(admin, "GET /api/budgets/{budget}", at, null, 200);
        call(admin, "GET /api/budgets/{budget}", at + "x", null, 404);
        String change = "PATCH /api/budgets/{budget}";
        call(admin, change, at, "{\"limit\":\"2\",\"paused\":true}", 200);
        call(admin, change, at, "{\"unit\":\"tokens\"}", 400);
        call(admin, change, at + "x", "{}", 404);
        asDocumented(change, admin.callIfMatch("PATCH", at, "\"1\"", "{\"limit\":\"3\"}"), 412);
        String usage = "GET /api/usage";
        call(anna, usage, "/api/usage?by=day,model", null, 200);
        call(admin, usage, "/api/usage?from=2026-01-01&to=2026-01-31&by=org,user", null, 200);
        asDocumented(usage, admin.get("/api/usage?by=user&as=csv"), 200);
        call(admin, usage, "/api/usage?as=xml", null, 400);
        call(admin, usage, "/api/usage?from=yesterday", null, 400);
        call(admin, usage, "/api/usage?by=colour", null, 400);
        call(admin, "DELETE /api/budgets/{budget}", at, null, 204);
        call(admin, "DELETE /api/budgets/{budget}", at, null, 404);
        String organisation = "PATCH /api/organisations/{organisation}";
        call(admin, organisation, "/api/organisations/default", "{\"timeZone\":\"Nowhere\"}", 400);
        call(admin, organisation, "/api/organisations/default", "{\"timeZone\":\"\"}", 200);
    }

    @Test
    void answers_about_nodes_as_documented() {
        JsonNode node = call(admin, "GET /api/cluster", "/api/cluster", null, 200)
                .path("nodes")
                .path(0);
        assertThat(node.path("self").asBoolean()).isTrue();
        assertThat(node.path("roles")).hasSize(2);
        assertThat(node.path("database").asText()).isEqualTo("works");
        call(anna, "GET /api/cluster", "/api/cluster", null, 403);
        String drain = "/api/cluster/nodes/" + node.path("id").asText() + "/drain";
        call(admin, "POST /api/cluster/nodes/{node}/drain", drain, null, 409);
        call(admin, "POST /api/cluster/nodes/{node}/drain", "/api/cluster/nodes/x/drain", null, 404);
        call(anna, "POST /api/cluster/nodes/{node}/drain", drain, null, 403);
        call(admin, "DELETE /api/cluster/nodes/{node}/drain", drain, null, 204);
        call(admin, "DELETE /api/cluster/nodes/{node}/drain", "/api/cluster/nodes/x/drain", null, 404);
        call(anna, "DELETE /api/cluster/nodes/{node}/drain", drain, null, 403);
    }

    @Test
    void answers_about_accounts_as_documented() {
        String login = "new-" + Ids.next();
        String create = "POST /api/users";
        String id = call(admin, create, "/api/users", "{\"login\":\"" + login + "\"}", 201)
                .path("id")
                .asText();
        call(admin, create, "/api/users", "{\"login\":\"" + login + "\"}", 409);
        call(admin, create, "/api/users", "{}", 400);
        call(anna, create, "/api/users", "{\"login\":\"x\"}", 403);
        call(admin, "GET /api/users", "/api/users?limit=2", null, 200);
        call(anna, "GET /api/users", "/api/users", null, 403);
        String at = "/api/users/" + id;
        call(admin, "GET /api/users/{user}", at, null, 200);
        call(anna, "GET /api/users/{user}", at, null, 403);
        call(admin, "PATCH /api/users/{user}", at, "{\"disabled\":true}", 200);
        call(admin, "PATCH /api/users/{user}", at, "{\"roles\":[]}", 400);
        call(admin, "PATCH /api/users/{user}", at + "x", "{}", 404);
        call(admin, "DELETE /api/users/{user}", at, null, 204);
        call(admin, "DELETE /api/users/{user}", at, null, 404);
        call(anna, "POST /api/users/{user}/erasure", at + "/erasure", null, 403);
        call(admin, "POST /api/users/{user}/erasure", at + "/erasure", null, 404);
        call(admin, "GET /api/users/{user}/erasure", at + "/erasure", null, 404);
        String works = call(admin, "POST /api/organisations", "/api/organisations", "{\"name\":\"Works\"}", 201)
                .path("id")
                .asText();
        call(admin, "GET /api/organisations", "/api/organisations", null, 200);
        String there = "/api/organisations/" + works;
        call(admin, "GET /api/organisations/{organisation}", there, null, 200);
        call(admin, "PATCH /api/organisations/{organisation}", there, "{\"name\":\"Plant\"}", 200);
        call(admin, "DELETE /api/organisations/{organisation}", "/api/organisations/default", null, 409);
        call(admin, "DELETE /api/organisations/{organisation}", there, null, 204);
        call(admin, "GET /api/organisations/{organisation}", there, null, 404);
    }

    @Test
    void answers_about_the_audit_as_documented() {
        call(admin, "GET /api/audit", "/api/audit?limit=2", null, 200);
        call(admin, "GET /api/audit", "/api/audit?kind=turn-ended&user=anna", null, 200);
        call(admin, "GET /api/audit", "/api/audit?from=yesterday", null, 400);
        call(admin, "GET /api/audit", "/api/audit?kind=nothing", null, 400);
        call(anna, "GET /api/audit", "/api/audit", null, 403);
        asDocumented("GET /api/audit", admin.send(admin.request("/api/audit").header("Accept", "image/png")), 406);
        call(admin, "GET /api/audit/chains", "/api/audit/chains", null, 200);
        call(anna, "GET /api/audit/chains", "/api/audit/chains", null, 403);
    }

    @Test
    void answers_about_the_caller_as_documented() {
        call(anna, "GET /api/models", "/api/models", null, 200);
        String key = call(anna, "POST /api/keys", "/api/keys", "{\"name\":\"mine\"}", 201)
                .path("id")
                .asText();
        call(anna, "POST /api/keys", "/api/keys", "{}", 400);
        call(anna, "POST /api/keys", "/api/keys", "{\"name\":\"x\",\"expires\":\"2030-01-01T00:00:00Z\"}", 400);
        call(anna, "GET /api/keys", "/api/keys", null, 200);
        call(anna, "DELETE /api/keys/{key}", "/api/keys/" + key, null, 204);
        call(anna, "DELETE /api/keys/{key}", "/api/keys/" + key, null, 404);
        String password = "POST /api/session/password";
        call(anna, password, "/api/session/password", "{\"old\":\"wrong\",\"new\":\"Heron-under-bridges\"}", 403);
        call(anna, password, "/api/session/password", "{}", 400);
    }

    @Test
    void answers_about_interceptors_as_documented() {
        call(admin, "GET /api/interceptors", "/api/interceptors", null, 200);
        call(anna, "GET /api/interceptors", "/api/interceptors", null, 403);
        String room = anna.room("quick");
        String at = "/api/interceptors/policies/rooms/" + room;
        String set = "PUT /api/interceptors/policies/rooms/{room}";
        call(admin, set, at, """
                {"order":["meter","length"],"interceptors":{"length":{"mode":"report","settings":{"max-characters":9}}}}""", 200);
        call(admin, set, at, """
                {"order":["length","meter"],"interceptors":{"length":{"settings":{"max-characters":-1}}}}""", 400);
        call(admin, set, at, "{\"ordr\":[]}", 400);
        call(admin, set, at + "x", "{}", 404);
        call(anna, set, at, "{}", 403);
        asDocumented(set, admin.callIfMatch("PUT", at, "\"old\"", "{}"), 412);
        asDocumented(set.replace("PUT", "DELETE"), admin.callIfMatch("DELETE", at, "\"old\"", null), 412);
        call(admin, "GET /api/interceptors/policies", "/api/interceptors/policies", null, 200);
        call(admin, "GET /api/interceptors/policies/rooms/{room}", at, null, 200);
        call(admin, "GET /api/interceptors/policies/rooms/{room}", at + "x", null, 404);
        call(admin, "DELETE /api/interceptors/policies/rooms/{room}", at, null, 204);
        call(admin, "DELETE /api/interceptors/policies/rooms/{room}", at + "x", null, 404);
        String installation = "/api/interceptors/policies/installation";
        call(admin, "GET /api/interceptors/policies/installation", installation, null, 200);
        String organisation = "/api/interceptors/policies/organisations/default";
        call(admin, "GET /api/interceptors/policies/organisations/{organisation}", organisation, null, 200);
        call(admin, "PUT /api/interceptors/policies/organisations/{organisation}", organisation, "{}", 200);
        call(admin, "GET /api/interceptors/policies/organisations/{organisation}", organisation + "x", null, 404);
    }
}
