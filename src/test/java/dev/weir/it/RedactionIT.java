package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Ids;
import dev.weir.upstream.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a model says that must not be seen: not on the wire, not in the database, not in a log. */
final class RedactionIT {

    private static final List<String> SECRETS = List.of(
            "4111 1111 1111",
            "ghp_0123456789",
            "ABCDEFGHIJ012345",
            "123-45",
            "45-6789",
            "MIIEpAIBAAK",
            "Q0zq8Qn1x9",
            "hunter2-and");
    private static final String TEXT = "Card 4111 1111 1111 1111 of Łukasz 😀, "
            + "token ghp_0123456789abcdefghijABCDEFGHIJ012345,\nSSN 123-45-6789; "
            + "postgres://app:hunter2-and-more@db/x\n"
            + "-----BEGIN PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bqZx9\nQ0zq8Qn1x9JxU0yq5ZcE\n-----END PRIVATE KEY-----\nMarker-4711.";
    private static final String REDACTED =
            "Card **** **** **** 1111 of Łukasz 😀, token [github-token],\nSSN [us-ssn]; "
                    + "postgres://app:[url-password]@db/x\n[private-key]\nMarker-4711.";

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirServer server;

    /** Everything that a client got, and where. */
    private static final Map<String, String> SHOWN = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        server = WeirServer.start(
                Map.of("weir.interceptors.redact.prompts", "redact", "weir.interceptors.redact.email", "pseudonym"));
    }

    /** After all tests: what is left behind. */
    @AfterAll
    static void leaves_nothing_behind() {
        if (server == null) {
            return;
        }
        server.stop();
        Map<String, String> kept = files(server.data());
        kept.put("log", server.log());
        server.close();

        assertThat(String.join("", kept.values())).contains("Marker-4711.");
        kept.putAll(SHOWN);
        kept.forEach((where, text) -> SECRETS.forEach(
                it -> assertThat(text.contains(it)).as(it + " in " + where).isFalse()));
    }

    @Test
    void cut_anywhere_by_the_provider_it_is_the_same_on_the_openai_door() {
        WeirClient program = WeirClient.withKey(server, WeirServer.ADMIN_KEY);
        for (int at = 1; at < TEXT.length(); at = TEXT.offsetByCodePoints(at, 1)) {
            server.upstream().answer(Script.answer(TEXT.substring(0, at), TEXT.substring(at)));
            String body = complete(program, true);

            SHOWN.put("stream cut at " + at, body);
            assertThat(streamed(body)).as("cut at " + at).isEqualTo(REDACTED);
        }
        server.upstream().answer(Script.answer(letters(TEXT)));
        String body = complete(program, false);
        SHOWN.put("whole", body);
        assertThat(WeirClient.parse(body).at("/choices/0/message/content").asText())
                .isEqualTo(REDACTED);
    }

    /** Each character alone; not half of one, which JSON in UTF-8 can't have. */
    private static String[] letters(String text) {
        return text.codePoints().mapToObj(Character::toString).toArray(String[]::new);
    }

    private static String complete(WeirClient program, boolean stream) {
        return program.send(program.request("/v1/chat/completions")
                        .POST(BodyPublishers.ofString("{\"model\":\"upstream\",\"stream\":" + stream
                                + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")))
                .body();
    }

    private static String streamed(String body) {
        StringBuilder text = new StringBuilder();
        body.lines()
                .filter(it -> it.startsWith("data: {"))
                .forEach(it -> text.append(WeirClient.parse(it.substring(6))
                        .at("/choices/0/delta/content")
                        .asText()));
        return text.toString();
    }

    @Test
    void is_the_same_on_a_web_socket_and_after_a_reconnect() {
        WeirClient anna = server.client("anna");
        String room = anna.room("upstream");
        String hold = Ids.next();
        int half = TEXT.indexOf("ghijABC");
        Script script = Script.begin()
                .deltas(letters(TEXT.substring(0, half)))
                .hold(hold)
                .deltas(letters(TEXT.substring(half)))
                .finish("stop")
                .done();
        try (RoomReader reader = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            reader.begun();
            server.upstream().answer(script);
            String turn = reader.prompt("Hello", "upstream").path("turn").asText();
            reader.writing(turn, REDACTED.indexOf("[github"));
            reader.cut();
            reader.resume(Transport.SSE);
            try (RoomReader late = RoomReader.follow(anna, room, Transport.LONG_POLLING)) {
                late.begun();
                assertThat(late.writing(turn, 1).text).isEqualTo(REDACTED.substring(0, REDACTED.indexOf("[github")));
                server.upstream().release(hold);

                assertThat(late.answer(turn).text).isEqualTo(REDACTED);
                SHOWN.put("late frames", late.frames().toString());
            }
            assertThat(reader.answer(turn).text).isEqualTo(REDACTED);
            assertThat(rules(reader)).containsExactly("card", "github-token", "us-ssn", "url-password", "private-key");
            reader.assertWhole();
            SHOWN.put("frames", reader.frames().toString());
        }
        try (RoomReader again = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            again.begun();
            SHOWN.put("snapshot", again.frames().toString());
            assertThat(again.conversation()).anyMatch(it -> it.contains(REDACTED));
        }
    }

    private static List<String> rules(RoomReader reader) {
        return reader.events("verdict").stream()
                .map(it -> it.path("rule").asText())
                .toList();
    }

    @Test
    void redacts_a_prompt_and_turns_its_pseudonyms_back() {
        WeirClient ben = server.client("ben");
        String room = ben.room("upstream");
        try (RoomReader reader = RoomReader.follow(ben, room, Transport.WEBSOCKET)) {
            reader.begun();
            server.upstream().answer(Script.answer("Noted."));
            reader.answer(reader.prompt("Ada is ada@example.org, not bob@example.org.", "upstream")
                    .path("turn")
                    .asText());
            String sent = lastRequest();
            String pseudonym =
                    Objects.requireNonNull(sent.replaceAll("(?s).*Ada is (email-[a-z2-7]{10}), not.*", "$1"));

            assertThat(sent).doesNotContain("@example.org").contains(pseudonym);
            server.upstream().answer(Script.answer(("Write to " + pseudonym + ".").split("")));
            Seen.Item answer = reader.answer(reader.prompt("Whom do I write to?", "upstream")
                    .path("turn")
                    .asText());

            assertThat(answer.text).isEqualTo("Write to ada@example.org.");
            assertThat(lastRequest()).doesNotContain("@example.org");
            assertThat(rules(reader)).containsOnly("prompt email");
        }
    }

    private static String lastRequest() {
        List<String> bodies = new ArrayList<>();
        server.upstream().requests().forEach(it -> bodies.add(it.body()));
        JsonNode last = WeirClient.parse(bodies.getLast());
        return last.path("messages").toString();
    }

    /** Everything but the unpacked application, whose bench has sample texts of its own. */
    private static Map<String, String> files(Path data) {
        Map<String, String> texts = new LinkedHashMap<>();
        Path application = data.resolve("server/applications");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(it -> !it.toString().endsWith(".jar") && !it.startsWith(application))
                    .toList()) {
                texts.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
