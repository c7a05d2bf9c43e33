package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs should not send to the REST door: refused in words, as a problem, and the server goes on. */
class RestInputIT {

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");
    private final String room = admin.room("quick");
    private final List<String> takers =
            List.of("/api/rooms", "/api/rooms/" + room + "/messages", "/api/users", "/api/organisations", "/api/keys");

    @AfterEach
    void the_server_still_answers() {
        assertThat(admin.get("/api/rooms/" + room).statusCode()).isEqualTo(200);
    }

    private static void problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = WeirClient.parse(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).matches("[a-z0-9-]+");
        assertThat(problem.path("detail").asText()).isNotBlank().doesNotContain("Exception", "jackson", "\tat ");
    }

    private HttpResponse<String> send(String path, byte[] body) {
        return admin.send(
                admin.request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "1",
                "\"text\"",
                "{\"name\":",
                "nonsense",
                "{}{}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{'name':'a'}",
                "{\"name\":NaN}",
                "\0",
                "{\"name\":\"\\ud8\"}"
            })
    void refuses_what_is_no_object(String body) {
        for (String path : takers) {
            problem(admin.call("POST", path, body), 400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":1,\"text\":1,\"login\":1}",
                "{\"name\":[],\"text\":[],\"login\":[]}",
                "{\"name\":{},\"text\":{},\"login\":{}}",
                "{\"name\":true,\"text\":true,\"login\":true}"
            })
    void refuses_fields_of_the_wrong_type(String body) {
        for (String path : takers) {
            problem(admin.call("POST", path, body), 400);
        }
    }

    @Test
    void refuses_what_is_too_deep_or_too_large() {
        String deep = "{\"name\":" + "[".repeat(100_000);
        String huge = "{\"name\":\"" + "x".repeat(3 << 20) + "\"}";
        String manyDigits = "{\"name\":" + "9".repeat(100_000) + "}";
        for (String path : takers) {
            problem(admin.call("POST", path, deep), 400);
            problem(admin.call("POST", path, huge), 413);
            problem(admin.call("POST", path, manyDigits), 400);
        }
        String messages = "/api/rooms/" + room + "/messages";
        problem(admin.call("POST", messages, "{\"text\":\"" + "x".repeat(200_001) + "\"}"), 413);
        problem(admin.call("POST", messages, "{\"text\":\" \"}"), 400);
        problem(admin.call("POST", messages, "{}"), 400);
        problem(admin.call("POST", "/api/rooms", "{\"name\":\"" + "x".repeat(121) + "\"}"), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1"})
    void refuses_other_encodings_than_utf_8(String charset) {
        byte[] body = "{\"name\":\"Bäche\",\"text\":\"Bäche\",\"login\":\"bäche\"}".getBytes(Charset.forName(charset));
        for (String path : takers) {
            problem(send(path, body), 400);
        }
    }

    @Test
    void refuses_halves_of_characters_and_compressed_bodies() {
        problem(send("/api/rooms", new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}), 400);
        problem(send("/api/rooms", new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0}), 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data"})
    void refuses_bodies_that_are_not_declared_as_json(String type) {
        for (String path : takers) {
            problem(
                    admin.send(admin.request(path)
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofString("{\"name\":\"x\"}"))),
                    415);
        }
    }

    @Test
    void refuses_fields_that_it_does_not_know() {
        for (String path : takers) {
            problem(admin.call("POST", path, "{\"nmae\":\"x\"}"), 400);
        }
        problem(admin.call("PATCH", "/api/rooms/" + room, "{\"disbaled\":true}"), 400);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/rooms?limit=0, 400",
        "/api/rooms?limit=501, 400",
        "/api/rooms?limit=x, 400",
        "/api/rooms?limit=99999999999, 400",
        "/api/rooms?after=x, 400",
        "/api/rooms?include=x, 400",
        "/api/rooms?after=1-%27%20OR%201%3D1, 400",
        "/api/users?limit=-1, 400",
        "/api/rooms/nowhere, 404",
        "/api/rooms/%27%20OR%201=1, 404",
        "/api/rooms/nowhere/events, 404",
        "/api/users/nobody, 404",
        "/api/organisations/nowhere, 404",
        "/api/nothing, 404",
        "/api/application.wadl, 404"
    })
    void refuses_addresses_that_are_wrong(String path, int status) {
        problem(admin.get(path), status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cursor=x",
                "cursor=-1--1",
                "cursor=1-2-3",
                "cursor=99999999999999999999-1",
                "wait=-1",
                "wait=61",
                "wait=x",
                "wait=1e9"
            })
    void refuses_questions_for_events_that_are_wrong(String query) {
        String path = "/api/rooms/" + room + "/events?" + query;
        problem(admin.get(path), 400);
        if (query.startsWith("cursor")) {
            problem(admin.send(admin.request(path).header("Accept", "text/event-stream")), 400);
        }
    }

    /** Two at once: the server waits for half a minute. */
    @Test
    void gives_up_on_a_body_that_does_not_come() throws IOException {
        try (Socket rooms = begin("/api/rooms");
                Socket users = begin("/api/users")) {
            for (Socket socket : List.of(rooms, users)) {
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer)
                        .startsWith("HTTP/1.1 408")
                        .contains("application/problem+json", "\"code\":\"too-slow\"");
            }
        }
    }

    private Socket begin(String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nAuthorization: Bearer "
                                + WeirServer.ADMIN_KEY + "\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 1000\r\n\r\n{\"name\":")
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    @Test
    void refuses_other_methods_and_forms() {
        HttpResponse<String> put = admin.call("PUT", "/api/rooms", "{}");
        problem(put, 405);
        assertThat(put.headers().firstValue("Allow").orElse("")).contains("GET", "POST");
        problem(admin.send(admin.request("/api/rooms/" + room + "/events").header("Accept", "text/html")), 406);
        problem(
                admin.send(admin.request("/api/rooms/" + room + "/events")
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", "nonsense")),
                400);
    }

    @Test
    void keeps_texts_that_no_database_takes_out_of_trouble() {
        String body = "{\"name\":\"a\\u0000b\\ud800c\"}";
        HttpResponse<String> created = send("/api/rooms", body.getBytes(StandardCharsets.UTF_8));
        assertThat(created.statusCode()).isBetween(200, 499);
    }
}
