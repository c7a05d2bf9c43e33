package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No secret shows where it does not belong: not in logs, metrics, frames, pages or the database. */
class SecretsIT {

    private static final String WRONG_PASSWORD = "Wrong-but-secret-51-otter";

    @Test
    void keeps_keys_and_passwords_out_of_everything_that_is_shown_or_kept() {
        Map<String, String> shown = new LinkedHashMap<>();
        Map<String, String> secrets = new LinkedHashMap<>();
        try (WeirServer server = WeirServer.start(Map.of())) {
            WeirClient admin = server.client("admin");
            secrets.put("password", WeirServer.PASSWORD);
            secrets.put("wrong password", WRONG_PASSWORD);
            secrets.put("administrator's key", WeirServer.ADMIN_KEY);
            secrets.put("provider's key", WeirServer.API_KEY);
            secrets.put("session", admin.token());
            WeirClient.anonymous(server).trySignIn("anna", WRONG_PASSWORD);
            JsonNode made = WeirClient.parse(admin.send(admin.request("/api/keys")
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", "made-once")
                            .POST(BodyPublishers.ofString("{\"name\":\"Shown once\"}")))
                    .body());
            String secret = made.path("key").asText();
            secrets.put("made key", secret);

            useEverything(server, admin, WeirClient.withKey(server, secret), shown);
            shown.put("log while running", server.log());
            server.stop();
            files(server.data(), shown);
            shown.put("log", server.log());
        }
        assertThat(String.join("", shown.values())).contains("anna").contains("weir_turns_total");
        shown.forEach((where, text) -> secrets.forEach((what, secret) ->
                assertThat(text.contains(secret)).as(what + " in " + where).isFalse()));
    }

    private static void useEverything(
            WeirServer server, WeirClient admin, WeirClient program, Map<String, String> shown) {
        String room = admin.room("upstream");
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            for (String prompt :
                    List.of("[[say=\"Well.\"]]", "[[status=401]]", "[[status=500]]", "[[words=3 end=error]]")) {
                reader.ended(reader.prompt(prompt, "").path("turn").asText());
            }
            shown.put("frames", reader.frames().toString() + reader.others());
        }
        for (String body : List.of("{", completion("upstream"), completion("nobody"))) {
            shown.put(
                    "completion " + body,
                    program.send(program.request("/v1/chat/completions").POST(BodyPublishers.ofString(body)))
                            .body());
        }
        WeirClient stranger = WeirClient.withKey(server, WeirServer.ADMIN_KEY + "x");
        shown.put("wrong key", stranger.get("/v1/models").body());
        for (String path : List.of(
                "/",
                "/sign-in",
                "/admin/",
                "/api/session",
                "/api/keys",
                "/api/models",
                "/api/rooms",
                "/v1/models",
                "/openapi",
                "/metrics",
                "/health",
                "/nothing/here")) {
            shown.put(path, admin.get(path).body());
        }
    }

    private static String completion(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    }

    /** Every file of the installation, the database among them, byte by byte. */
    private static void files(Path data, Map<String, String> shown) {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(it -> !it.toString().endsWith(".jar"))
                    .toList()) {
                shown.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
