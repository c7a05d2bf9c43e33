package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.upstream.Script;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies of interceptors through the REST door, and what they do to answers. */
class PolicyIT {

    private static final String AT = "/api/interceptors/policies/";

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");
    private final WeirClient anna = server.client("anna");
    private final String room = anna.room("upstream");

    @AfterEach
    void everything_inherited_again() {
        call("DELETE", "organisations/default", null, 204);
    }

    private JsonNode call(String method, String path, @Nullable String body, int status) {
        HttpResponse<String> response = admin.call(method, AT + path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body().isEmpty() ? WeirClient.JSON.createObjectNode() : WeirClient.parse(response.body());
    }

    private static String length(int characters) {
        return "{\"interceptors\":{\"length\":{\"settings\":{\"max-characters\":" + characters + "}}}}";
    }

    private String ask(RoomReader reader) {
        server.upstream().answer(Script.answer("1234", "5678", "90"));
        String turn = anna.prompt(room, "Count.").path("turn").asText();
        return reader.answer(turn).text;
    }

    @Test
    void an_organisation_and_a_room_have_their_own_and_a_change_counts_at_once() {
        try (RoomReader reader = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            reader.begun();
            assertThat(ask(reader)).isEqualTo("1234567890");

            call("PUT", "organisations/default", length(6), 200);
            assertThat(ask(reader)).isEqualTo("123456");

            call("PUT", "rooms/" + room, length(3), 200);
            assertThat(ask(reader)).isEqualTo("123");

            call("PUT", "rooms/" + room, """
                    {"interceptors":{"length":{"mode":"off"}}}""", 200);
            assertThat(ask(reader)).isEqualTo("1234567890");
            assertThat(declared(reader)).containsOnlyOnce("meter").doesNotContain("length");

            call("DELETE", "rooms/" + room, null, 204);
            assertThat(ask(reader)).isEqualTo("123456");
            assertThat(declared(reader)).contains("meter", "length");
        }
    }

    private static List<String> declared(RoomReader reader) {
        return reader.events("turn-started").getLast().path("interceptors").findValuesAsText("name");
    }

    @Test
    void an_answer_that_is_being_written_keeps_the_policy_it_began_with() {
        try (RoomReader reader = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            reader.begun();
            server.upstream()
                    .answer(Script.begin()
                            .deltas("1234")
                            .hold("policy " + room)
                            .deltas("5678")
                            .finish("stop")
                            .done());
            String turn = anna.prompt(room, "Count.").path("turn").asText();
            reader.writing(turn, 4);

            call("PUT", "rooms/" + room, length(5), 200);
            server.upstream().release("policy " + room);

            assertThat(reader.answer(turn).text).isEqualTo("12345678");
            assertThat(ask(reader)).isEqualTo("12345");
        }
    }

    @Test
    void says_what_is_in_force_and_where_it_comes_from() {
        call("PUT", "organisations/default", length(6), 200);
        JsonNode standing = call("PUT", "rooms/" + room, """
                {"interceptors":{"length":{"mode":"report"}}}""", 200);

        JsonNode inForce = inForce(standing, "length");
        assertThat(inForce.path("mode").asText()).isEqualTo("report");
        assertThat(inForce.path("modeFrom").asText()).isEqualTo("room");
        assertThat(inForce.path("settings").get(0).path("value").asText()).isEqualTo("6");
        assertThat(inForce.path("settings").get(0).path("from").asText()).isEqualTo("organisation");
        assertThat(call("GET", "rooms/" + room, null, 200)).isEqualTo(standing);
    }

    private static JsonNode inForce(JsonNode standing, String interceptor) {
        for (JsonNode it : standing.path("inForce").path("interceptors")) {
            if (it.path("name").asText().equals(interceptor)) {
                return it;
            }
        }
        throw new AssertionError(standing.toString());
    }

    @Test
    void a_lock_keeps_a_room_from_weakening_what_its_organisation_wants() {
        call("PUT", "rooms/" + room, """
                {"interceptors":{"length":{"mode":"off"}}}""", 200);
        call("PUT", "organisations/default", """
                {"interceptors":{"length":{"locked":true,"settings":{"max-characters":4}}}}""", 200);

        try (RoomReader reader = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            reader.begun();
            assertThat(ask(reader)).isEqualTo("1234");
        }
        JsonNode problem = call("PUT", "rooms/" + room, length(9), 400);
        assertThat(problem.path("code").asText()).isEqualTo("invalid-policy");
        assertThat(problem.path("detail").asText()).contains("locked by the organisation");
    }

    @Test
    void neither_a_room_nor_an_organisation_switches_off_what_the_installation_relies_on() {
        for (String name : List.of("audit", "meter")) {
            String off = "{\"interceptors\":{\"" + name + "\":{\"mode\":\"off\"}}}";
            for (String scope : List.of("rooms/" + room, "organisations/default")) {
                assertThat(call("PUT", scope, off, 400).path("detail").asText()).contains("locked by the installation");
            }
            String unlocked = "{\"interceptors\":{\"" + name + "\":{\"locked\":false}}}";
            call("PUT", "installation", unlocked, 200);
            try {
                call("PUT", "rooms/" + room, off, 200);
                assertThat(inForce(call("GET", "rooms/" + room, null, 200), name)
                                .path("mode")
                                .asText())
                        .isEqualTo("off");
            } finally {
                call("DELETE", "installation", null, 204);
            }
            JsonNode again = call("GET", "rooms/" + room, null, 200);
            assertThat(inForce(again, name).path("mode").asText()).isEqualTo("enforce");
            call("DELETE", "rooms/" + room, null, 204);
        }
    }

    @Test
    void of_two_who_change_the_same_policy_the_second_is_told() {
        String path = AT + "rooms/" + room;
        String first = tag(admin.get(path));
        assertThat(tag(admin.get(path))).isEqualTo(first).matches("\"[0-9a-f]+\"");

        HttpResponse<String> saved = admin.callIfMatch("PUT", path, first, length(6));
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(200);
        assertThat(tag(saved)).isNotEqualTo(first).isEqualTo(tag(admin.get(path)));
        for (HttpResponse<String> late : List.of(
                admin.callIfMatch("PUT", path, first, length(7)), admin.callIfMatch("DELETE", path, first, null))) {
            assertThat(late.statusCode()).as(late.body()).isEqualTo(412);
            assertThat(late.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(WeirClient.parse(late.body()).path("code").asText()).isEqualTo("changed");
            assertThat(WeirClient.parse(late.body()).path("detail").asText())
                    .contains("Somebody else has changed", "make your change there");
        }
        JsonNode now = call("GET", "rooms/" + room, null, 200);
        assertThat(inForce(now, "length").path("settings").get(0).path("value").asText())
                .isEqualTo("6");
        assertThat(admin.callIfMatch("DELETE", path, tag(saved) + ", \"other\"", null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(admin.callIfMatch("PUT", path, "*", length(8)).statusCode()).isEqualTo(200);
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElse("");
    }

    @Test
    void names_each_part_that_is_wrong() {
        JsonNode problem = call("PUT", "rooms/" + room, """
                {"order":["length","meter"],
                 "interceptors":{"length":{"settings":{"max-characters":"many","other":"1"}},"nobody":{"mode":"off"}}}""", 400);

        assertThat(problem.path("errors").findValuesAsText("pointer"))
                .containsExactly(
                        "#/order",
                        "#/interceptors/length/settings/max-characters",
                        "#/interceptors/length/settings/other",
                        "#/interceptors/nobody");
        assertThat(problem.path("errors").get(0).path("detail").asText())
                .contains("\"meter\" must come before \"length\"");
    }
}
