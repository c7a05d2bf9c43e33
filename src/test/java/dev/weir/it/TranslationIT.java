package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.upstream.Script;
import dev.weir.upstream.Translations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers translated for the members of a room, over the wire. */
class TranslationIT {

    private static final String ANSWER = "# Weirs\n\nA weir is a **wall** in a river. It costs 3.50 euros, e.g. here. "
            + "Call `weir.open()` now.\n\n```java\nint a; // Not. This.\n```\n\n- One item\n";

    /** Long enough for the guards to let its beginning go. */
    private static final String REST = "And on, as rivers do, for quite a while without any end in sight";

    private static final List<String> SENTENCES = List.of(
            "Weirs",
            "A weir is a ⟦1⟧wall⟦2⟧ in a river.",
            "It costs 3.50 euros, e.g. here.",
            "Call ⟦1⟧ now.",
            "One item");

    @SuppressWarnings("NullAway.Init")
    private static WeirServer server;

    @BeforeAll
    static void start() {
        server = WeirServer.start(Map.of("weir.interceptors.translate.model", "upstream"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void each_language_in_use_gets_one_translation_and_everybody_sees_the_same_log() {
        Translations translations = Translations.at(server.upstream());
        WeirClient admin = server.client("admin");
        WeirClient anna = server.client("anna");
        WeirClient ben = server.client("ben");
        speaks(admin, "");
        speaks(anna, "fr");
        speaks(ben, "de");
        String room = room(admin, "anna", "ben");
        server.upstream().answer(Script.answer(ANSWER.split("(?<=[ aeiou])")));
        try (RoomReader one = RoomReader.follow(anna, room, Transport.WEBSOCKET);
                RoomReader two = RoomReader.follow(ben, room, Transport.WEBSOCKET);
                RoomReader three = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            List.of(one, two, three).forEach(RoomReader::begun);
            String turn = admin.prompt(room, "What is a weir?").path("turn").asText();
            for (RoomReader reader : List.of(one, two, three)) {
                Seen.Item answer = reader.answer(turn);
                assertThat(answer.text).isEqualTo(ANSWER);
                assertThat(shown(answer.json(), "fr")).isEqualTo(in("fr"));
                assertThat(shown(answer.json(), "de")).isEqualTo(in("de"));
                assertThat(answer.json().path("variants").size()).isEqualTo(2);
                assertThat(streamed(reader, "fr")).isEqualTo(in("fr"));
                assertThat(streamed(reader, "de")).isEqualTo(in("de"));
                reader.assertWhole();
            }
            assertThat(translations.asked("fr")).containsExactlyInAnyOrderElementsOf(SENTENCES);
            assertThat(translations.asked("de")).containsExactlyInAnyOrderElementsOf(SENTENCES);
        }
        server.restart();
        WeirClient again = server.client("anna");
        try (RoomReader late = RoomReader.follow(again, room, Transport.WEBSOCKET)) {
            late.begun();
            JsonNode message = events(late).stream()
                    .filter(it -> it.has("outcome"))
                    .findFirst()
                    .orElseThrow();
            assertThat(shown(message, "fr")).isEqualTo(in("fr"));
            assertThat(shown(message, "de")).isEqualTo(in("de"));
        }
        assertThat(translations.asked("fr")).hasSameSizeAs(SENTENCES);
        assertThat(WeirClient.parse(again.get("/api/session").body())
                        .path("language")
                        .asText())
                .isEqualTo("fr");
    }

    @Test
    void a_stop_closes_the_translations_and_a_reader_who_comes_meanwhile_sees_what_there_is() {
        Translations translations = Translations.at(server.upstream()).holding("It hangs.");
        WeirClient anna = server.client("anna");
        speaks(anna, "fr");
        String room = room(anna);
        server.upstream()
                .answer(Script.begin()
                        .deltas("It begins. ", "It hangs. ", "It goes on. ", REST)
                        .hang());
        try (RoomReader reader = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            reader.begun();
            String turn = anna.prompt(room, "Begin.").path("turn").asText();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> translations.asked("fr").size() == 3);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> streamed(reader, "fr").equals("fr:It begins."));
            try (RoomReader late = RoomReader.follow(anna, room, Transport.SSE)) {
                late.begun();
                assertThat(streamed(late, "fr")).isEqualTo("fr:It begins.");
            }
            int closed = server.upstream().clientClosings().size();
            reader.command(WeirClient.commandOf("stop").put("turn", turn));
            Seen.Item answer = reader.answer(turn);
            assertThat(answer.outcome()).isEqualTo("stopped");
            assertThat(shown(answer.json(), "fr"))
                    .startsWith("fr:It begins.{ It hangs.")
                    .endsWith(REST + "}");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.upstream().clientClosings().size() >= closed + 2);
        }
    }

    @Test
    void a_program_that_asks_for_itself_is_not_translated() {
        Translations translations = Translations.at(server.upstream());
        WeirClient admin = server.client("admin");
        speaks(admin, "fr");
        WeirClient program = WeirClient.withKey(server, WeirServer.ADMIN_KEY);
        server.upstream().answer(Script.answer("One. Two."));
        assertThat(program.call(
                                "POST",
                                "/v1/chat/completions",
                                "{\"model\":\"upstream\",\"messages\":[{\"role\":\"user\",\"content\":\"Count\"}]}")
                        .body())
                .contains("One. Two.");
        assertThat(translations.asked("fr")).isEmpty();
        speaks(admin, "");
    }

    @Test
    void refuses_what_is_no_language() {
        WeirClient anna = server.client("anna");
        for (String wrong : List.of("f", "und", "not a tag", "x-private", "fr_FR", "123")) {
            assertThat(anna.call("PATCH", "/api/session", "{\"language\":\"" + wrong + "\"}")
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        JsonNode session = WeirClient.parse(
                anna.call("PATCH", "/api/session", "{\"language\":\"PT-br\"}").body());
        assertThat(session.path("language").asText()).isEqualTo("pt-BR");
        assertThat(session.path("translates").asBoolean()).isTrue();
    }

    private static void speaks(WeirClient client, String language) {
        assertThat(client.call("PATCH", "/api/session", "{\"language\":\"" + language + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    private static String room(WeirClient owner, String... others) {
        String room = owner.room("upstream");
        for (String login : others) {
            assertThat(owner.call("POST", "/api/rooms/" + room + "/members", "{\"login\":\"" + login + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
        return room;
    }

    private static String in(String language) {
        String whole = ANSWER;
        for (String begin : List.of("Weirs", "A weir", "It costs", "Call", "One item")) {
            whole = whole.replace(begin, language + ":" + begin);
        }
        return whole;
    }

    private static List<JsonNode> events(RoomReader reader) {
        List<JsonNode> events = new ArrayList<>();
        reader.frames().forEach(frame -> frame.path("events").forEach(events::add));
        return events;
    }

    /** What the events of the stream say, in the order in which they came. */
    private static String streamed(RoomReader reader, String language) {
        String text = events(reader).stream()
                .filter(it -> it.path("type").asText().equals("delta"))
                .map(it -> it.path("text").asText())
                .collect(Collectors.joining());
        List<JsonNode> parts = events(reader).stream()
                .filter(it -> it.path("type").asText().equals("variant")
                        && it.path("language").asText().equals(language))
                .toList();
        return shown(text, parts);
    }

    private static String shown(JsonNode message, String language) {
        List<JsonNode> parts = new ArrayList<>();
        message.path("variants").path(language).forEach(parts::add);
        assertThat(parts.getLast().path("to").asInt())
                .isEqualTo(message.path("text").asText().length());
        return shown(message.path("text").asText(), parts);
    }

    private static String shown(String text, List<JsonNode> parts) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (JsonNode part : parts) {
            assertThat(part.path("from").asInt()).isEqualTo(at);
            at = part.path("to").asInt();
            String source = text.substring(part.path("from").asInt(), at);
            boolean original = part.path("original").asBoolean();
            shown.append(original ? "{" + source + "}" : part.path("text").asText(source));
        }
        return shown.toString();
    }
}
