package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Who may do what, at every door: each row is a request and the status that each caller gets. A route that is in the
 * server's own list of routes and in no row fails the test.
 */
class AuthorisationIT {

    /** The callers with a good sign-in or key, in the order of the columns. */
    private static final List<String> CALLERS = List.of("owner", "colleague", "outsider", "auditor", "admin", "key");

    private static final List<String> NOBODY = List.of("anonymous", "revoked key", "expired key");

    private static final String HELLO = "\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");
    private final WeirClient anna = server.client("anna");
    private final String tag = Long.toString(System.nanoTime(), 36);
    private final String outside = made("/api/organisations", "{\"name\":\"Outside " + tag + "\"}", "id");
    private final Map<String, WeirClient> callers = callers();
    private final String room = anna.room("quick");
    private final String annasId = id(anna);

    /** A request, and what the callers get in the order of {@link #CALLERS}. Fields in angle brackets are filled in. */
    private record Row(String method, String path, String body, String statuses) {
        int status(int caller) {
            return Integer.parseInt(statuses.split(" ", -1)[caller]);
        }
    }

    private final List<Row> rows = List.of(
            // everybody's own affairs
            new Row("GET", "/api/session", "", "200 200 200 200 200 200"),
            new Row("PATCH", "/api/session", "{\"language\":\"\"}", "200 200 200 200 200 200"),
            new Row("POST", "/api/session/password", "{}", "400 400 400 400 400 400"),
            new Row("GET", "/api/models", "", "200 200 200 200 200 200"),
            new Row("GET", "/api/keys", "", "200 200 200 200 200 200"),
            new Row("POST", "/api/keys", "{\"name\":\"Mine\"}", "201 201 201 201 201 201"),
            new Row("POST", "/api/keys", "{\"name\":\"Hers\",\"owner\":\"<anna>\"}", "201 403 403 403 201 201"),
            new Row("DELETE", "/api/keys/{<annas-key>}", "", "204 404 404 404 204 204"),
            new Row("GET", "/api/rooms", "", "200 200 200 200 200 200"),
            new Row("POST", "/api/rooms", "{}", "201 201 201 201 201 201"),
            // a room of anna's, as she and others see it
            new Row("GET", "/api/rooms/{<room>}", "", "200 404 404 404 404 200"),
            new Row("PATCH", "/api/rooms/{<room>}", "{\"name\":\"New\"}", "200 404 404 404 404 200"),
            new Row("DELETE", "/api/rooms/{<new-room>}", "", "204 404 404 404 404 204"),
            new Row("POST", "/api/rooms/{<room>}/members", "{\"login\":\"nobody\"}", "404 404 404 404 404 404"),
            new Row("DELETE", "/api/rooms/{<room>}/members/{nobody}", "", "404 404 404 404 404 404"),
            new Row("POST", "/api/rooms/{<room>}/messages", "{\"text\":\"Hi\"}", "202 404 404 404 404 202"),
            new Row("GET", "/api/rooms/{<room>}/events", "", "200 404 404 404 404 200"),
            new Row("POST", "/api/rooms/{<room>}/turns/{none}/stop", "", "204 404 404 404 404 204"),
            new Row("GET", "/stream/rooms/{<room>}", "", "200 404 404 404 404 200"),
            new Row(
                    "POST",
                    "/stream/rooms/{<room>}",
                    "{\"id\":\"<new-id>\",\"command\":\"typing\"}",
                    "200 404 404 404 404 200"),
            // for overseers
            new Row("GET", "/api/users", "", "403 403 403 200 200 403"),
            new Row("POST", "/api/users", "{}", "403 403 403 403 400 403"),
            new Row("GET", "/api/users/{<anna>}", "", "403 403 403 200 200 403"),
            new Row("PATCH", "/api/users/{<anna>}", "{\"name\":\"Anna\"}", "403 403 403 403 200 403"),
            new Row("DELETE", "/api/users/{nobody}", "", "403 403 403 403 404 403"),
            new Row("GET", "/api/users/{nobody}/erasure", "", "403 403 403 404 404 403"),
            new Row("POST", "/api/users/{nobody}/erasure", "", "403 403 403 403 404 403"),
            new Row("GET", "/api/organisations", "", "403 403 403 200 200 403"),
            new Row("POST", "/api/organisations", "{}", "403 403 403 403 400 403"),
            new Row("GET", "/api/organisations/{default}", "", "403 403 403 200 200 403"),
            new Row("PATCH", "/api/organisations/{default}", "{\"name\":\"Default\"}", "403 403 403 403 200 403"),
            new Row("DELETE", "/api/organisations/{nobody}", "", "403 403 403 403 404 403"),
            new Row("GET", "/api/budgets", "", "403 403 403 200 200 403"),
            new Row("POST", "/api/budgets", "{}", "403 403 403 403 400 403"),
            new Row("GET", "/api/budgets/own", "", "200 200 200 200 200 200"),
            new Row("POST", "/api/budgets/simulation", "{}", "403 403 403 200 200 403"),
            new Row("GET", "/api/budgets/{nothing}", "", "403 403 403 404 404 403"),
            new Row("PATCH", "/api/budgets/{nothing}", "{}", "403 403 403 403 404 403"),
            new Row("DELETE", "/api/budgets/{nothing}", "", "403 403 403 403 404 403"),
            new Row("GET", "/api/usage", "", "200 200 200 200 200 200"),
            new Row("GET", "/api/interceptors", "", "403 403 403 200 200 403"),
            new Row("GET", "/api/interceptors/policies", "", "403 403 403 200 200 403"),
            new Row("GET", "/api/interceptors/policies/installation", "", "403 403 403 200 200 403"),
            new Row("PUT", "/api/interceptors/policies/installation", "{}", "403 403 403 403 200 403"),
            new Row("DELETE", "/api/interceptors/policies/installation", "", "403 403 403 403 204 403"),
            new Row("GET", "/api/interceptors/policies/organisations/{default}", "", "403 403 403 200 200 403"),
            new Row("PUT", "/api/interceptors/policies/organisations/{default}", "{}", "403 403 403 403 200 403"),
            new Row("DELETE", "/api/interceptors/policies/organisations/{default}", "", "403 403 403 403 204 403"),
            new Row("GET", "/api/interceptors/policies/rooms/{<room>}", "", "403 403 403 200 200 403"),
            new Row("PUT", "/api/interceptors/policies/rooms/{<room>}", "{}", "403 403 403 403 200 403"),
            new Row("DELETE", "/api/interceptors/policies/rooms/{<room>}", "", "403 403 403 403 204 403"),
            new Row("GET", "/api/audit", "", "403 403 403 200 200 403"),
            new Row("GET", "/api/audit/chains", "", "403 403 403 200 200 403"),
            new Row("GET", "/api/cluster", "", "403 403 403 200 200 403"),
            new Row("POST", "/api/cluster/nodes/{nobody}/drain", "", "403 403 403 403 404 403"),
            new Row("DELETE", "/api/cluster/nodes/{nobody}/drain", "", "403 403 403 403 404 403"),
            new Row("GET", "/admin/consumption", "", "403 403 403 200 200 403"),
            new Row("GET", "/admin/cluster", "", "403 403 403 200 200 403"),
            new Row("GET", "/admin/cluster-nodes", "", "403 403 403 200 200 403"),
            new Row("GET", "/admin/", "", "403 403 403 200 200 403"),
            new Row("GET", "/admin/audit", "", "403 403 403 200 200 403"),
            new Row("GET", "/admin/budgets", "", "403 403 403 200 200 403"),
            new Row("GET", "/admin/budget", "", "403 403 403 200 200 403"),
            new Row("GET", "/admin/simulation", "", "403 403 403 200 200 403"),
            // OpenAI's clients
            new Row("GET", "/v1/models", "", "200 200 200 200 200 200"),
            new Row("GET", "/v1/models/{quick}", "", "200 200 200 200 200 200"),
            new Row("POST", "/v1/chat/completions", "{\"model\":\"quick\"," + HELLO + "}", "200 200 200 200 200 200"));

    @Test
    void lets_everybody_do_what_they_may_and_nothing_else() {
        List<String> wrong = new ArrayList<>();
        for (Row row : rows) {
            for (int i = 0; i < CALLERS.size(); i++) {
                expect(row, CALLERS.get(i), row.status(i), wrong);
            }
            for (String nobody : NOBODY) {
                boolean page = row.path().startsWith("/admin");
                expect(row, nobody, page ? 303 : 401, wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void expect(Row row, String caller, int status, List<String> wrong) {
        HttpResponse<String> response = send(caller(caller), row, Map.of());
        if (response.statusCode() != status) {
            wrong.add("%s %s by %s: %d, not %d: %s"
                    .formatted(row.method(), row.path(), caller, response.statusCode(), status, shortened(response)));
        }
    }

    @Test
    void lets_no_program_into_the_room_of_others() {
        Row row = new Row("POST", "/v1/chat/completions", "{\"model\":\"quick\"," + HELLO + "}", "");
        for (String caller : CALLERS) {
            int status = send(caller(caller), row, Map.of("Weir-Room", room)).statusCode();
            assertThat(status).as(caller).isEqualTo(caller.equals("owner") || caller.equals("key") ? 200 : 404);
        }
    }

    @Test
    void has_a_row_for_every_route_of_the_server() {
        ApiDocument document = new ApiDocument(
                WeirClient.parse(admin.get("/openapi?format=JSON").body()));
        Set<String> routes =
                document.operations().stream().map(AuthorisationIT::nameless).collect(Collectors.toSet());
        Set<String> known = rows.stream()
                .map(row -> row.method() + " " + nameless(row.path()))
                .collect(Collectors.toSet());

        assertThat(routes).hasSizeGreaterThan(20);
        assertThat(known).containsAll(routes);
    }

    @Test
    void keeps_what_nobody_thought_of_behind_the_sign_in() {
        WeirClient anonymous = caller("anonymous");
        for (String path : List.of("/api", "/api/nothing", "/v1/nothing", "/stream", "/stream/rooms", "/api/keys/x")) {
            assertThat(anonymous.get(path).statusCode()).as(path).isEqualTo(401);
        }
        for (String path : List.of("/", "/nothing", "/index.html", "/admin/nothing.xhtml", "/WEB-INF/web.xml")) {
            assertThat(anonymous.get(path).statusCode()).as(path).isIn(303, 404);
        }
    }

    private HttpResponse<String> send(WeirClient caller, Row row, Map<String, String> headers) {
        HttpRequest.Builder request = caller.request(filled(row.path()).replaceAll("[{}]", ""))
                .method(row.method(), row.body().isEmpty() ? BodyPublishers.noBody() : body(row))
                .header("Origin", caller.origin());
        headers.forEach(request::header);
        if (row.path().startsWith("/stream") && row.method().equals("GET")) {
            request.uri(server.uri(filled(row.path()).replaceAll("[{}]", "") + "?X-Atmosphere-Transport=long-polling"));
        }
        return caller.send(request);
    }

    private HttpRequest.BodyPublisher body(Row row) {
        return BodyPublishers.ofString(filled(row.body()));
    }

    private String filled(String text) {
        String filled = text.replace("<room>", room).replace("<anna>", annasId);
        if (filled.contains("<new-room>")) {
            filled = filled.replace("<new-room>", anna.room("quick"));
        }
        if (filled.contains("<new-id>")) {
            filled = filled.replace("<new-id>", dev.weir.event.Ids.next());
        }
        if (filled.contains("<annas-key>")) {
            String key = WeirClient.parse(anna.call("POST", "/api/keys", "{\"name\":\"To be revoked\"}")
                            .body())
                    .path("id")
                    .asText();
            filled = filled.replace("<annas-key>", key);
        }
        return filled;
    }

    private static String nameless(String path) {
        return path.replaceAll("\\{[^}]*}", "{}").replaceAll("(.)/$", "$1");
    }

    private static String shortened(HttpResponse<String> response) {
        String body = response.body();
        return body.substring(0, Math.min(200, body.length()));
    }

    private Map<String, WeirClient> callers() {
        user("outsider" + tag, outside, "user");
        user("auditor" + tag, "default", "auditor");
        Map<String, WeirClient> callers = new LinkedHashMap<>();
        callers.put("owner", anna);
        callers.put("colleague", server.client("ben"));
        callers.put("outsider", server.client("outsider" + tag));
        callers.put("auditor", server.client("auditor" + tag));
        callers.put("admin", admin);
        callers.put(
                "key",
                WeirClient.withKey(
                        server, key("{\"name\":\"Anna's\"}").path("key").asText()));
        callers.put("anonymous", WeirClient.anonymous(server));
        JsonNode revoked = key("{\"name\":\"Revoked\"}");
        anna.call("DELETE", "/api/keys/" + revoked.path("id").asText(), null);
        callers.put(
                "revoked key", WeirClient.withKey(server, revoked.path("key").asText()));
        callers.put("expired key", expired());
        return callers;
    }

    /** With a key whose time is over: one that is made too late for that is refused, and made again with more time. */
    private WeirClient expired() {
        HttpResponse<String> made = expiring(Duration.ofMillis(300));
        for (int seconds = 1; made.statusCode() != 201 && seconds <= 16; seconds *= 2) {
            made = expiring(Duration.ofSeconds(seconds));
        }
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        WeirClient expired = WeirClient.withKey(
                server, WeirClient.parse(made.body()).path("key").asText());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> expired.get("/api/session").statusCode() == 401);
        return expired;
    }

    private HttpResponse<String> expiring(Duration time) {
        Instant soon = Instant.now().plus(time);
        return anna.call("POST", "/api/keys", "{\"name\":\"Expired\",\"expiresAt\":\"" + soon + "\"}");
    }

    private WeirClient caller(String name) {
        return Objects.requireNonNull(callers.get(name), name);
    }

    private JsonNode key(String wish) {
        HttpResponse<String> made = anna.call("POST", "/api/keys", wish);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return WeirClient.parse(made.body());
    }

    private void user(String login, String organisation, String role) {
        made(
                "/api/users",
                "{\"login\":\"" + login + "\",\"name\":\"" + login + "\",\"organisation\":\"" + organisation
                        + "\",\"roles\":[\"" + role + "\"],\"password\":\"" + WeirServer.PASSWORD + "\"}",
                "id");
    }

    private String made(String path, String body, String field) {
        HttpResponse<String> response = admin.call("POST", path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return WeirClient.parse(response.body()).path(field).asText();
    }

    private static String id(WeirClient client) {
        return WeirClient.parse(client.get("/api/session").body())
                .path("user")
                .path("id")
                .asText();
    }
}
