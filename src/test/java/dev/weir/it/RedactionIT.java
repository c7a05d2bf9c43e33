package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Ids;
import dev.weir.upstream.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static final Map<String, String> SETTINGS =
            Map.of("weir.interceptors.redact.prompts", "redact", "weir.interceptors.redact.email", "pseudonym");

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirServer server;

    private static final LeftBehind LEFT = new LeftBehind();

    @BeforeAll
    static void start() {
        server = WeirServer.start(SETTINGS);
    }

    @AfterAll
    static void leaves_nothing_behind() {
        if (server == null) {
            return;
        }
        try {
            LEFT.after(server, "Marker-4711.");
            LEFT.assertNothingOf(SECRETS);
        } finally {
            server.close();
        }
    }

    @Test
    void cut_anywhere_by_the_provider_it_is_the_same_through_every_door_and_after_a_reconnect() {
        new Cut(server, LEFT, SETTINGS, it -> it.finish("stop").done()).everywhere(TEXT, read -> {
            assertThat(read.streamed()).as(read.where()).isEqualTo(REDACTED);
            assertThat(read.steady().text).as(read.where()).isEqualTo(REDACTED);
            assertThat(read.back().text).as(read.where()).isEqualTo(REDACTED);
        });
    }

    @Test
    void a_character_at_a_time_it_is_the_same_in_an_answer_that_is_not_streamed() {
        WeirClient program = WeirClient.withKey(server, WeirServer.ADMIN_KEY);
        server.upstream().answer(Script.answer(letters(TEXT)));
        String body = Cut.complete(program, program.room("upstream"), false);
        LEFT.shown("whole", body);
        assertThat(WeirClient.parse(body).at("/choices/0/message/content").asText())
                .isEqualTo(REDACTED);
    }

    /** Each character alone; not half of one, which JSON in UTF-8 can't have. */
    private static String[] letters(String text) {
        return text.codePoints().mapToObj(Character::toString).toArray(String[]::new);
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
                LEFT.shown("late frames", late.frames().toString());
            }
            assertThat(reader.answer(turn).text).isEqualTo(REDACTED);
            assertThat(rules(reader)).containsExactly("card", "github-token", "us-ssn", "url-password", "private-key");
            reader.assertWhole();
            LEFT.shown("frames", reader.frames().toString());
        }
        try (RoomReader again = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            again.begun();
            LEFT.shown("snapshot", again.frames().toString());
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
}
