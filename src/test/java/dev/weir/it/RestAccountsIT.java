package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Ids;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Users and organisations through the REST door, over real HTTP. */
class RestAccountsIT {

    private static final String BETTER = "Heron-under-bridges-12";

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");
    private final String login = "new-" + Ids.next();

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return WeirClient.parse(response.body());
    }

    private static void refused(HttpResponse<String> response, int status, String code) {
        assertThat(json(response, status).path("code").asText()).isEqualTo(code);
    }

    private JsonNode create(String more) {
        return json(admin.call("POST", "/api/users", "{\"login\":\"" + login + "\"" + more + "}"), 201);
    }

    private String path(JsonNode user) {
        return "/api/users/" + user.path("id").asText();
    }

    @Test
    void a_new_user_signs_in_and_changes_their_password() {
        JsonNode user = create(",\"name\":\"Grace\"");
        String password = user.path("password").asText();
        WeirClient here = WeirClient.signIn(server, login, password);
        WeirClient elsewhere = WeirClient.signIn(server, login, password);
        assertThat(elsewhere.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(json(admin.get(path(user)), 200).has("password")).isFalse();

        refused(
                here.call("POST", "/api/session/password", "{\"old\":\"wrong\",\"new\":\"" + BETTER + "\"}"),
                403,
                "wrong-password");
        refused(
                here.call("POST", "/api/session/password", "{\"old\":\"" + password + "\",\"new\":\"password1\"}"),
                400,
                "weak-password");
        assertThat(here.call(
                                "POST",
                                "/api/session/password",
                                "{\"old\":\"" + password + "\",\"new\":\"" + BETTER + "\"}")
                        .statusCode())
                .isEqualTo(204);

        assertThat(here.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(elsewhere.get("/api/session").statusCode()).isEqualTo(401);
        WeirClient.signIn(server, login, BETTER);
    }

    @Test
    void a_disabled_user_is_out_at_once_and_comes_back() {
        JsonNode user = create(",\"password\":\"" + BETTER + "\"");
        assertThat(user.has("password")).isFalse();
        WeirClient client = WeirClient.signIn(server, login, BETTER);
        JsonNode key = json(client.call("POST", "/api/keys", "{\"name\":\"mine\"}"), 201);
        String bearer = "Bearer " + key.path("key").asText();

        assertThat(json(admin.call("PATCH", path(user), "{\"disabled\":true}"), 200)
                        .path("disabled")
                        .asBoolean())
                .isTrue();

        assertThat(client.get("/api/session").statusCode()).isEqualTo(401);
        WeirClient program = WeirClient.anonymous(server);
        assertThat(program.send(program.request("/api/session").header("Authorization", bearer))
                        .statusCode())
                .isEqualTo(401);
        assertThat(client.trySignIn(login, BETTER)
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .contains("problem=wrong");
        json(admin.call("PATCH", path(user), "{\"disabled\":false}"), 200);
        WeirClient.signIn(server, login, BETTER);
        assertThat(program.send(program.request("/api/session").header("Authorization", bearer))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void only_administrators_change_and_auditors_read() {
        JsonNode user = create(",\"password\":\"" + BETTER + "\",\"roles\":[\"auditor\"]");
        WeirClient auditor = WeirClient.signIn(server, login, BETTER);
        WeirClient anna = server.client("anna");

        json(auditor.get("/api/users"), 200);
        json(auditor.get(path(user)), 200);
        json(auditor.get("/api/organisations"), 200);
        refused(auditor.call("POST", "/api/users", "{\"login\":\"x\"}"), 403, "forbidden");
        refused(auditor.call("PATCH", path(user), "{\"roles\":[\"admin\"]}"), 403, "forbidden");
        refused(auditor.call("DELETE", path(user), null), 403, "forbidden");
        refused(auditor.call("POST", "/api/organisations", "{\"name\":\"x\"}"), 403, "forbidden");
        refused(anna.get("/api/users"), 403, "forbidden");
        refused(anna.get(path(user)), 403, "forbidden");
        refused(anna.get("/api/organisations"), 403, "forbidden");
        json(admin.call("PATCH", path(user), "{\"roles\":[\"user\"]}"), 200);
        refused(auditor.get("/api/users"), 403, "forbidden");
    }

    @Test
    void the_last_administrator_and_oneself_stay() {
        JsonNode me = json(admin.get("/api/session"), 200).path("user");

        refused(admin.call("PATCH", path(me), "{\"roles\":[\"user\"]}"), 409, "last-administrator");
        refused(admin.call("PATCH", path(me), "{\"disabled\":true}"), 409, "yourself");
        refused(admin.call("DELETE", path(me), null), 409, "yourself");
    }

    @Test
    void a_deleted_user_leaves_their_rooms() {
        JsonNode user = create(",\"password\":\"" + BETTER + "\"");
        WeirClient client = WeirClient.signIn(server, login, BETTER);
        String own = client.room("quick");
        String shared = client.room("quick");
        client.addMember(shared, "anna");

        assertThat(admin.call("DELETE", path(user), null).statusCode()).isEqualTo(204);

        assertThat(client.get("/api/rooms/" + own).statusCode()).isEqualTo(401);
        refused(admin.get(path(user)), 404, "no-such-user");
        assertThat(json(server.client("anna").get("/api/rooms/" + shared), 200).path("members"))
                .hasSize(1);
    }

    @Test
    void a_generated_password_shows_in_the_first_answer_only() {
        String key = Ids.next();
        String body = "{\"login\":\"" + login + "\"}";
        JsonNode first = json(createUnder(key, "/api/users", body), 201);
        JsonNode again = json(createUnder(key, "/api/users", body), 201);

        assertThat(first.path("password").asText()).isNotBlank();
        assertThat(first.has("detail")).isFalse();
        assertThat(again.has("password")).isFalse();
        assertThat(again.path("detail").asText()).contains("first answer only");
        assertThat(again.path("id")).isEqualTo(first.path("id"));
        refused(admin.call("POST", "/api/users", body), 409, "login-taken");
    }

    @Test
    void a_key_is_made_once_and_shows_in_the_first_answer_only() {
        String key = Ids.next();
        String body = "{\"name\":\"Once " + key + "\"}";
        HttpResponse<String> answer = createUnder(key, "/api/keys", body);
        HttpResponse<String> repeat = createUnder(key, "/api/keys", body);
        JsonNode first = json(answer, 201);
        JsonNode again = json(repeat, 201);

        assertThat(first.path("key").asText()).startsWith("weir_");
        assertThat(first.has("detail")).isFalse();
        assertThat(repeat.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(repeat.headers().firstValue("Location"))
                .isEqualTo(answer.headers().firstValue("Location"));
        assertThat(again.has("key")).isFalse();
        assertThat(again.path("detail").asText()).contains("first answer only", "revoke");
        assertThat(again.path("id")).isEqualTo(first.path("id"));
        assertThat(again.path("start")).isEqualTo(first.path("start"));
        assertThat(admin.get("/api/keys").body()).containsOnlyOnce("Once " + key);
        refused(createUnder(key, "/api/keys", "{\"name\":\"Another\"}"), 422, "key-reused");
    }

    private HttpResponse<String> createUnder(String key, String path, String body) {
        return admin.send(admin.request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void users_move_between_organisations_and_empty_ones_go() {
        JsonNode organisation = json(admin.call("POST", "/api/organisations", "{\"name\":\"Works\"}"), 201);
        String works = organisation.path("id").asText();
        JsonNode user = create(",\"organisation\":\"" + works + "\"");
        assertThat(user.path("organisation").asText()).isEqualTo(works);

        refused(admin.call("DELETE", "/api/organisations/" + works, null), 409, "not-empty");
        json(admin.call("PATCH", path(user), "{\"organisation\":\"default\"}"), 200);
        refused(admin.call("PATCH", path(user), "{\"organisation\":\"nowhere\"}"), 400, "invalid");
        assertThat(json(admin.call("PATCH", "/api/organisations/" + works, "{\"name\":\"Plant\"}"), 200)
                        .path("name")
                        .asText())
                .isEqualTo("Plant");
        assertThat(admin.call("DELETE", "/api/organisations/" + works, null).statusCode())
                .isEqualTo(204);
        refused(admin.get("/api/organisations/" + works), 404, "no-such-organisation");
    }

    @Test
    void pages_through_users() {
        create("");
        int seen = 0;
        boolean found = false;
        String after = "";
        do {
            JsonNode page = json(admin.get("/api/users?limit=2&after=" + after), 200);
            for (JsonNode user : page.path("users")) {
                seen++;
                found |= user.path("login").asText().equals(login);
            }
            after = page.path("next").asText();
        } while (!after.isEmpty());

        assertThat(found).isTrue();
        assertThat(seen)
                .isEqualTo(json(admin.get("/api/users"), 200).path("users").size());
    }
}
