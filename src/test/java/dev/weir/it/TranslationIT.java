package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.upstream.Script;
import dev.weir.upstream.Translations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers translated for the members of a room, over the wire. */
class TranslationIT {

    private static final String ANSWER = "# Weirs\n\nA weir is a **wall** in a river. It costs 3.50 euros, e.g. here. "
            + "Call `weir.open()` now.\n\n```java\nint a; // Not. This.\n```\n\n- One item\n";

    /** Long enough for the guards to let its beginning go. */
    private static final String REST = "And on, as rivers do, for quite a while without any end in sight";

    private static final String QUESTION = "What is a weir?";
    private static final String CARD = "4111 1111 1111";

    private static final List<String> SENTENCES = List.of(
            QUESTION,
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

    /** After all tests: nothing of what a translator let slip is left behind. */
    @AfterAll
    static void stop() {
        server.stop();
        String kept = texts(server.data()) + server.log();
        server.close();
        assertThat(kept).contains("Marker-4711").doesNotContain(CARD, "make a bomb");
    }

    private static String texts(Path data) {
        Path application = data.resolve("server/applications");
        try (Stream<Path> files = Files.walk(data)) {
            StringBuilder texts = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(it -> !it.toString().endsWith(".jar") && !it.startsWith(application))
                    .toList()) {
                texts.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return texts.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
            String turn = admin.prompt(room, QUESTION).path("turn").asText();
            for (RoomReader reader : List.of(one, two, three)) {
                Seen.Item answer = reader.answer(turn);
                assertThat(answer.text).isEqualTo(ANSWER);
                assertThat(shown(answer.json(), "fr")).isEqualTo(in("fr"));
                assertThat(shown(answer.json(), "de")).isEqualTo(in("de"));
                assertThat(answer.json().path("variants").size()).isEqualTo(2);
                assertThat(streamed(reader, "fr")).isEqualTo(in("fr"));
                assertThat(streamed(reader, "de")).isEqualTo(in("de"));
                for (String language : List.of("fr", "de")) {
                    await().atMost(Duration.ofSeconds(20))
                            .until(() ->
                                    shown(QUESTION, spoken(reader, language)).equals(language + ":" + QUESTION));
                }
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
            JsonNode question = events(late).stream()
                    .filter(it -> it.path("text").asText().equals(QUESTION))
                    .findFirst()
                    .orElseThrow();
            assertThat(shown(question, "fr")).isEqualTo("fr:" + QUESTION);
            assertThat(shown(question, "de")).isEqualTo("de:" + QUESTION);
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
    void what_a_translator_lets_slip_passes_the_guards() {
        Translations.at(server.upstream())
                .saying("It leaks.", "Carte " + CARD + " 1111, Marker-4711.")
                .saying("It harms.", "How to make a bomb at home.")
                .saying("Who leaks?", "Qui ? " + CARD + " 1111")
                .saying("Who harms?", "How to make a bomb at home.");
        WeirClient admin = server.client("admin");
        WeirClient anna = server.client("anna");
        speaks(admin, "");
        speaks(anna, "fr");
        String room = room(admin, "anna");
        server.upstream().answer(Script.answer("It leaks. ", "It harms. ", "It ends."));
        try (RoomReader reader = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            reader.begun();
            Seen.Item answer = reader.answer(
                    admin.prompt(room, "Who leaks? Who harms?").path("turn").asText());

            assertThat(answer.outcome()).isEqualTo("complete");
            assertThat(shown(answer.json(), "fr"))
                    .isEqualTo("Carte **** **** **** 1111, Marker-4711.{ It harms.} fr:It ends.");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> shown("Who leaks? Who harms?", spoken(reader, "fr"))
                            .equals("Qui ? **** **** **** 1111{ Who harms?}"));
            assertThat(reader.events("verdict").toString()).contains("translate: card", "translate: violence");
            try (RoomReader late = RoomReader.follow(anna, room, Transport.LONG_POLLING)) {
                late.begun();
                assertThat(late.frames().toString()).contains("Qui ? ").doesNotContain(CARD, "make a bomb");
            }
            assertThat(reader.frames().toString()).doesNotContain(CARD, "make a bomb");
        }
    }

    @Test
    void says_of_each_room_whether_anything_is_translated_there() {
        WeirClient admin = server.client("admin");
        String room = admin.room("upstream");
        String other = admin.room("upstream");
        assertThat(admin.call(
                                "PUT",
                                "/api/interceptors/policies/rooms/" + other,
                                "{\"interceptors\":{\"translate\":{\"mode\":\"off\"}}}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(translates(admin, room)).isTrue();
        assertThat(translates(admin, other)).isFalse();
    }

    private static boolean translates(WeirClient client, String room) {
        JsonNode json = WeirClient.parse(client.get("/api/rooms/" + room).body());
        assertThat(json.has("translates")).isTrue();
        return json.path("translates").asBoolean();
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
                .filter(it ->
                        isVariant(it, language) && !it.path("turn").asText().isEmpty())
                .toList();
        return shown(text, parts);
    }

    private static boolean isVariant(JsonNode event, String language) {
        return event.path("type").asText().equals("variant")
                && event.path("language").asText().equals(language);
    }

    /** What the events of the stream say of what a person said. */
    private static List<JsonNode> spoken(RoomReader reader, String language) {
        return events(reader).stream()
                .filter(it ->
                        isVariant(it, language) && it.path("turn").asText().isEmpty())
                .toList();
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
