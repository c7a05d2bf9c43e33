package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of OpenAI should not send, and what they may expect all the same. */
class OpenAiDoorIT {

    private static final String HELLO = "{\"role\":\"user\",\"content\":\"Hello\"}";

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");

    static Stream<Arguments> bad_bodies() {
        String image =
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"file:///etc/passwd\"}}]}";
        return Stream.of(
                Arguments.of("", null),
                Arguments.of("{", null),
                Arguments.of("[]", null),
                Arguments.of("null", null),
                Arguments.of("\"text\"", null),
                Arguments.of("{\"model\":\"quick\",\"messages\":" + "[".repeat(100_000), null),
                Arguments.of("{}", "model"),
                Arguments.of("{\"model\":7,\"messages\":[]}", "model"),
                Arguments.of("{\"model\":\"quick\"}", "messages"),
                Arguments.of("{\"model\":\"quick\",\"messages\":{}}", "messages"),
                Arguments.of("{\"model\":\"quick\",\"messages\":[]}", "messages"),
                Arguments.of("{\"model\":\"quick\",\"messages\":[null]}", "messages[0].role"),
                Arguments.of("{\"model\":\"quick\",\"messages\":[{\"role\":\"king\"}]}", "messages[0].role"),
                Arguments.of("{\"model\":\"quick\",\"messages\":[{\"role\":\"user\"}]}", "messages[0].content"),
                Arguments.of(
                        "{\"model\":\"quick\",\"messages\":[{\"role\":\"user\",\"content\":7}]}",
                        "messages[0].content"),
                Arguments.of(
                        "{\"model\":\"quick\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"}]}",
                        "messages"),
                Arguments.of(
                        "{\"model\":\"quick\",\"messages\":[" + HELLO + ",{\"role\":\"tool\",\"content\":\"x\"}]}",
                        "messages[1].tool_call_id"),
                Arguments.of(
                        "{\"model\":\"quick\",\"messages\":[" + image + "]}", "messages[0].content[0].image_url.url"),
                Arguments.of(with("\"stream\":\"yes\""), "stream"),
                Arguments.of(with("\"stream_options\":true"), "stream_options"),
                Arguments.of(with("\"temperature\":3"), "temperature"),
                Arguments.of(with("\"max_tokens\":0"), "max_tokens"),
                Arguments.of(with("\"stop\":[7]"), "stop"),
                Arguments.of(with("\"tools\":[{\"type\":\"magic\"}]"), "tools"),
                Arguments.of(with("\"n\":2"), "n"),
                Arguments.of(with("\"logprobs\":true"), "logprobs"),
                Arguments.of(with("\"audio\":{}"), "audio"));
    }

    private static String with(String field) {
        return "{\"model\":\"quick\",\"messages\":[" + HELLO + "]," + field + "}";
    }

    @ParameterizedTest
    @MethodSource("bad_bodies")
    void refuses_a_bad_body_in_words_and_leaves_no_room(String body, String param) {
        int rooms = rooms();

        HttpResponse<String> response = complete(BodyPublishers.ofString(body));

        assertProblem(response, 400);
        JsonNode error = WeirClient.parse(response.body()).path("error");
        assertThat(error.path("param").asText(null)).isEqualTo(param);
        assertThat(rooms()).isEqualTo(rooms);
    }

    @Test
    void refuses_what_is_no_utf_8() {
        byte[] body = ("{\"model\":\"quick\",\"messages\":[" + HELLO + "]}").getBytes(StandardCharsets.UTF_16);

        assertThat(complete(BodyPublishers.ofByteArray(new byte[] {(byte) 0xc3, '{'}))
                        .statusCode())
                .isEqualTo(400);
        // JSON may be UTF-16 (RFC 4627), and then is understood.
        assertThat(complete(BodyPublishers.ofByteArray(body)).statusCode()).isIn(200, 400);
    }

    @Test
    void refuses_a_body_that_is_too_large() {
        int rooms = rooms();

        assertProblem(complete(BodyPublishers.ofString(with("\"x\":\"" + "x".repeat(17 << 20) + "\""))), 413);

        assertThat(rooms()).isEqualTo(rooms);
    }

    @Test
    void gives_up_on_a_body_that_does_not_come() throws IOException {
        int rooms = rooms();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                            + "\r\nAuthorization: Bearer " + WeirServer.ADMIN_KEY
                            + "\r\nContent-Length: 1000\r\n\r\n{\"model\":")
                    .getBytes(StandardCharsets.UTF_8));
            socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
            byte[] answer = new byte[12];
            assertThat(socket.getInputStream().readNBytes(answer, 0, answer.length))
                    .isEqualTo(answer.length);
            assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("HTTP/1.1 408");
        }
        assertThat(rooms()).isEqualTo(rooms);
    }

    @Test
    void leaves_nothing_running_for_clients_that_vanish() throws IOException {
        int before = server.upstream().clientClosings().size();
        for (int i = 0; i < 5; i++) {
            try (Socket socket = begin(asked("words=5000 pace=20", true), "")) {
                socket.getInputStream().readNBytes(200);
            }
        }

        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.upstream().clientClosings().size() >= before + 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first=never", "end=hang"})
    void stops_the_provider_when_a_client_of_a_whole_answer_vanishes_before_its_first_text(String silence)
            throws IOException {
        int requests = server.upstream().requests().size();
        int before = server.upstream().clientClosings().size();
        try (Socket socket = begin(asked(silence, false), "")) {
            await().until(() -> server.upstream().requests().size() == requests + 1);
            assertThat(socket.isConnected()).isTrue();
        }

        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.upstream().clientClosings().size() == before + 1);
    }

    @Test
    void lets_a_whole_answer_go_on_for_a_client_that_wants_it() throws IOException {
        int requests = server.upstream().requests().size();
        int before = server.upstream().clientClosings().size();
        try (Socket socket = begin(asked("first=left say=\"Still here.\"", false), "Weir-Disconnect: continue\r\n")) {
            await().until(() -> server.upstream().requests().size() == requests + 1);
            assertThat(socket.isConnected()).isTrue();
        }
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        assertThat(server.upstream().clientClosings()).hasSize(before);
        server.upstream().release("left");

        String newest = WeirClient.parse(
                        admin.get("/api/rooms?include=completions&limit=1").body())
                .path("rooms")
                .path(0)
                .path("id")
                .asText();
        await().until(() -> admin.get("/api/rooms/" + newest + "/events").body().contains("Still here."));
    }

    private static String asked(String keywords, boolean stream) {
        return "{\"model\":\"upstream\",\"stream\":" + stream + ",\"messages\":[{\"role\":\"user\",\"content\":\"[["
                + keywords.replace("\"", "\\\"") + "]]\"}]}";
    }

    /** A client that has asked, and does not know how to read. */
    private Socket begin(String body, String headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                                + "\r\nAuthorization: Bearer " + WeirServer.ADMIN_KEY + "\r\n" + headers
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    @Test
    void says_what_address_and_method_it_takes() {
        assertProblem(admin.send(key(admin, "/v1/embeddings").POST(BodyPublishers.ofString("{}"))), 404);
        assertProblem(admin.send(key(admin, "/v1").GET()), 404);
        assertProblem(admin.send(key(admin, "/v1/chat/completions").GET()), 405);
        assertProblem(admin.send(key(admin, "/v1/models").DELETE()), 405);
        assertProblem(admin.send(key(admin, "/v1/models/nobody").GET()), 404);
    }

    @Test
    void takes_a_key_only_while_it_is_good_and_for_its_models() {
        JsonNode made = keyFor("{\"name\":\"Limited\",\"models\":[\"quick\"]}");
        WeirClient limited = WeirClient.withKey(server, made.path("key").asText());

        assertThat(ask(limited, "quick")).isEqualTo(200);
        assertThat(ask(limited, "coder")).isEqualTo(403);
        assertThat(limited.get("/v1/models").body()).contains("\"quick\"").doesNotContain("\"coder\"");
        admin.call("DELETE", "/api/keys/" + made.path("id").asText(), null);
        assertThat(ask(limited, "quick")).isEqualTo(401);

        Instant soon = Instant.now().plusSeconds(10);
        WeirClient brief = WeirClient.withKey(
                server,
                keyFor("{\"name\":\"Brief\",\"expiresAt\":\"" + soon + "\"}")
                        .path("key")
                        .asText());
        assertThat(ask(brief, "quick")).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> ask(brief, "quick") == 401);
    }

    @Test
    void stays_out_of_rooms_that_are_not_the_caller_s() {
        String room = server.client("ben").room("quick");

        HttpResponse<String> response = admin.send(key(admin, "/v1/chat/completions")
                .header("Weir-Room", room)
                .POST(BodyPublishers.ofString(with("\"seed\":1"))));

        assertProblem(response, 404);
    }

    private JsonNode keyFor(String wish) {
        HttpResponse<String> response = admin.call("POST", "/api/keys", wish);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return WeirClient.parse(response.body());
    }

    private static int ask(WeirClient client, String model) {
        return client.send(client.request("/v1/chat/completions")
                        .POST(BodyPublishers.ofString("{\"model\":\"" + model + "\",\"messages\":[" + HELLO + "]}")))
                .statusCode();
    }

    private HttpResponse<String> complete(HttpRequest.BodyPublisher body) {
        return admin.send(key(admin, "/v1/chat/completions").POST(body));
    }

    private static HttpRequest.Builder key(WeirClient client, String path) {
        return client.request(path).setHeader("Authorization", "Bearer " + WeirServer.ADMIN_KEY);
    }

    private int rooms() {
        return WeirClient.parse(admin.get("/api/rooms?include=completions").body())
                .path("rooms")
                .size();
    }

    private static void assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        JsonNode error = WeirClient.parse(response.body()).path("error");
        assertThat(error.path("message").asText()).endsWith(".").doesNotContain("Exception");
        assertThat(error.path("type").asText()).isNotEmpty();
        assertThat(error.path("code").asText()).isNotEmpty();
    }
}
