package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients should not send to a stream: refused in words, and the server goes on. */
class BadInputIT {

    private static final int MEBIBYTE = 1 << 20;

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");
    private final String room = admin.room("quick");

    @AfterEach
    void the_room_still_answers() {
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            JsonNode ack = reader.prompt("Still there?", "");
            assertThat(reader.answer(ack.path("turn").asText()).text).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1", "-1--1", "99999999999999999999-1", "1-2-3", "%00", "1-%27%20OR%201=1"})
    void refuses_a_cursor_that_is_none(String cursor) {
        HttpResponse<String> response = admin.get(RoomReader.address(room, Transport.SSE, cursor));

        assertProblem(response, 400, "bad-cursor");
    }

    @Test
    void tells_a_websocket_that_its_cursor_is_none() {
        try (RoomReader reader = RoomReader.followFrom(admin, room, Transport.WEBSOCKET, "nonsense")) {
            await().until(reader::ended);
            assertThat(reader.others().getFirst().path("code").asText()).isEqualTo("bad-cursor");
        }
    }

    @ParameterizedTest
    @EnumSource
    void gives_a_snapshot_for_a_cursor_of_the_future_or_of_another_life(Transport transport) {
        for (String cursor : new String[] {"999999-000000000000", "000001-000999999999", "000000-000000000000"}) {
            try (RoomReader reader = RoomReader.followFrom(admin, room, transport, cursor)) {
                reader.begun();
                assertThat(reader.frames().getFirst().path("snapshot").asBoolean())
                        .as(cursor)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void knows_no_room_that_is_not_there(Transport transport) {
        String path = RoomReader.address("nosuchroom", transport, "");
        if (transport == Transport.WEBSOCKET) {
            assertThatThrownBy(() -> Line.open(admin, "nosuchroom", transport, "", text -> {}))
                    .isInstanceOfSatisfying(
                            Refused.class, it -> assertThat(it.status()).isEqualTo(404));
        } else {
            assertProblem(admin.get(path), 404, "no-such-room");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "\"text\"", "{}", "{\"id\":\"\"}", "nonsense", "{\"id\":\"1\"}"})
    void answers_what_is_no_command_with_an_error(String text) {
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            reader.send(text);
            JsonNode error = text.equals("{\"id\":\"1\"}")
                    ? reader.reply("1")
                    : reader.until("an error", () -> reader.others().stream().findFirst());
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.path("code").asText()).isEqualTo("invalid");
            assertThat(reader.prompt("Go on.", "").path("type").asText()).isEqualTo("ack");
        }
        JsonNode posted = WeirClient.parse(
                admin.call("POST", "/stream/rooms/" + room, text).body());
        assertThat(posted.path("type").asText()).isEqualTo("error");
    }

    @Test
    void survives_json_that_is_deeper_than_any_command() {
        String deep = "{\"id\":\"1\",\"command\":" + "[".repeat(100_000);
        HttpResponse<String> response = admin.call("POST", "/stream/rooms/" + room, deep);
        assertThat(WeirClient.parse(response.body()).path("code").asText()).isEqualTo("invalid");
    }

    @Test
    void refuses_a_command_that_is_too_large_by_post() {
        HttpResponse<String> response = admin.call("POST", "/stream/rooms/" + room, prompt(3 * MEBIBYTE));
        assertThat(WeirClient.parse(response.body()).path("code").asText()).isEqualTo("too-large");
    }

    @Test
    void refuses_a_message_that_is_too_long() {
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            reader.send(prompt(MEBIBYTE - 100));
            assertThat(reader.reply("huge").path("code").asText()).isEqualTo("too-large");
            assertThat(reader.ended()).isFalse();
        }
    }

    @Test
    void ends_a_websocket_that_sends_more_than_any_command_has() {
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            try {
                reader.send(prompt(2 * MEBIBYTE));
            } catch (CompletionException e) {
                // Cut off while sending: that is an answer too.
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> reader.ended() || !reader.others().isEmpty());
        }
    }

    @Test
    void takes_a_command_in_a_binary_message_for_text() {
        Taken taken = new Taken();
        WebSocket socket = admin.http()
                .newWebSocketBuilder()
                .header("Cookie", admin.cookie())
                .header("Origin", admin.origin())
                .buildAsync(
                        URI.create(
                                "ws://127.0.0.1:" + server.port() + RoomReader.address(room, Transport.WEBSOCKET, "")),
                        taken)
                .join();
        byte[] noise = {(byte) 0xff, (byte) 0xfe, 0, 1, 2, (byte) 0x80};

        socket.sendBinary(ByteBuffer.wrap(noise), true).join();

        await().atMost(Duration.ofSeconds(20))
                .until(() -> taken.ended || taken.text.toString().contains("\"invalid\""));
        socket.abort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "HEAD", "TRACE", "NONSENSE"})
    void refuses_other_methods(String method) {
        HttpRequest.Builder request = admin.request("/stream/rooms/" + room)
                .header("Origin", admin.origin())
                .method(method, HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> response = admin.send(request);
        assertThat(response.statusCode()).isEqualTo(405);
        if (!method.equals("TRACE")) { // which the server itself refuses
            assertThat(response.headers().firstValue("Allow")).contains("GET, POST");
        }
    }

    private static String prompt(int length) {
        return WeirClient.commandOf("prompt")
                .put("id", "huge")
                .put("text", "x".repeat(length))
                .toString();
    }

    private static void assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(WeirClient.parse(response.body()).path("code").asText()).isEqualTo(code);
    }

    private static final class Taken implements WebSocket.Listener {
        final StringBuilder text = new StringBuilder();
        volatile boolean ended;

        @Override
        public java.util.concurrent.@org.jspecify.annotations.Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            socket.request(1);
            return null;
        }

        @Override
        public java.util.concurrent.@org.jspecify.annotations.Nullable CompletionStage<?> onClose(
                WebSocket socket, int status, String reason) {
            ended = true;
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            ended = true;
        }
    }
}
