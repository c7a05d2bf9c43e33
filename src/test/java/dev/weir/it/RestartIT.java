package dev.weir.it;

import static dev.weir.it.WeirClient.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Ids;
import dev.weir.upstream.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a conversation when the server stops, or dies, in mid-answer. */
final class RestartIT {

    private static final String WORDS =
            IntStream.rangeClosed(1, 20).mapToObj(it -> "word" + it).collect(Collectors.joining(" "));
    private static final String MANY_WORDS =
            IntStream.rangeClosed(1, 5000).mapToObj(it -> "word" + it).collect(Collectors.joining(" "));

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirServer server;

    @BeforeAll
    static void start() {
        server = WeirServer.start(Map.of(
                "weir.models", "quick,careful,coder,upstream,impatient,gone",
                "weir.models.gone.provider", "openai",
                "weir.models.gone.base-url", "http://127.0.0.1:1/v1",
                "weir.models.gone.api-key", WeirServer.API_KEY,
                "weir.models.gone.model", "fake"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Test
    void continues_an_answer_that_a_stop_cut() {
        WeirClient admin = server.client("admin");
        String room = admin.room("upstream");
        String branch;
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            String turn = turn(reader.prompt("[[words=20 hold=" + Ids.next() + "]]", "upstream"));
            branch = reader.writing(turn, WORDS.length()).id;
            server.stop();
            assertProviderLeft();
            server.launch();
        }
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            assertInterrupted(reader, branch);
            assertThat(reader.textOf(branch)).isEqualTo(WORDS);

            server.upstream().answer(Script.answer(" and", " the rest."));
            String turn = turn(reader.command(WeirClient.commandOf("continue").put("message", branch)));
            Seen.Item whole = reader.answer(turn);

            assertThat(whole.outcome()).isEqualTo("complete");
            assertThat(whole.text).isEqualTo(WORDS + " and the rest.");
            assertThat(reader.find(it -> it.id.equals(branch))).isEmpty();
            reader.assertWhole();
        }
    }

    @Test
    void keeps_all_but_the_last_moment_when_it_is_killed() {
        WeirClient admin = server.client("admin");
        String room = admin.room("upstream");
        List<JsonNode> finished;
        String branch;
        String early;
        String cursor;
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            ask(reader, "Größe, 水 and 😀?", "quick");
            ask(reader, "[[say=\"An answer with an end.\" usage=12,5]]", "upstream");
            finished = messages(reader);
            String turn = turn(reader.prompt("[[words=5000 pace=20]]", "upstream"));
            Seen.Item begun = reader.writing(turn, 500);
            branch = begun.id;
            early = begun.text;
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> flushed(branch).startsWith(early));
            server.kill();
            cursor = reader.cursor();
            assertThat(reader.textOf(branch)).isSubstringOf(MANY_WORDS);
            assertProviderLeft();
        }
        server.launch();

        List<JsonNode> kept;
        try (RoomReader reader = RoomReader.followFrom(admin, room, Transport.WEBSOCKET, cursor)) {
            reader.begun();
            assertThat(reader.frames().get(0).path("snapshot").asBoolean()).isTrue();
            assertThat(Seen.epoch(reader.cursor())).isGreaterThan(Seen.epoch(cursor));
            assertInterrupted(reader, branch);
            assertThat(MANY_WORDS).startsWith(reader.textOf(branch));
            assertThat(reader.textOf(branch)).startsWith(early);
            kept = messages(reader);
            assertThat(kept).hasSize(finished.size() + 2).containsAll(finished);
            ask(reader, "[[say=\"All is well.\"]]", "upstream");
            kept = messages(reader);
            reader.assertWhole();
        }
        server.restart();

        assertThat(messagesOf(admin, room)).isEqualTo(kept);
    }

    @Test
    void keeps_an_answer_that_ended_just_before_it_is_killed() {
        WeirClient admin = server.client("admin");
        String room = admin.room("upstream");
        List<JsonNode> before;
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            ask(reader, "[[chars=300]]", "upstream");
            server.kill();
            before = messages(reader);
        }
        server.launch();

        assertThat(messagesOf(admin, room)).hasSize(2).isEqualTo(before);
    }

    @Test
    void says_that_a_provider_cannot_be_reached() {
        WeirClient admin = server.client("admin");
        String room = admin.room("gone");
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();

            Seen.Item answer = ask(reader, "Is anybody there?", "gone");

            assertThat(answer.outcome()).isEqualTo("failed");
            assertThat(reason(answer)).contains("can't be reached").doesNotContain("127.0.0.1", "Exception");
            assertThat(ask(reader, "[[say=\"All is well.\"]]", "upstream").outcome())
                    .isEqualTo("complete");
            assertThat(reader.events("turn-ended")).hasSize(2);
            reader.assertWhole();
        }
    }

    /** What the database has of an answer, read from a copy of its file: nobody but the server may open the file itself. */
    private static String flushed(String branch) throws IOException, SQLException {
        Path copy = server.data().resolveSibling("copy").toAbsolutePath();
        Files.copy(
                server.data().resolve("weir.mv.db"),
                copy.resolveSibling("copy.mv.db"),
                StandardCopyOption.REPLACE_EXISTING);
        String url = "jdbc:h2:file:" + copy + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r";
        try (Connection connection = DriverManager.getConnection(url, "weir", "");
                PreparedStatement statement = connection.prepareStatement("SELECT text FROM message WHERE id = ?")) {
            statement.setString(1, branch);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private static Seen.Item ask(RoomReader reader, String text, String model) {
        String turn = turn(reader.prompt(text, model));
        reader.ended(turn);
        return reader.answer(turn);
    }

    private static String reason(Seen.Item answer) {
        return Objects.requireNonNull(answer.message).path("reason").asText();
    }

    /**
     * The finished messages as they are on the wire, without their numbers, which belong to an epoch. Nor with an answer's
     * time: while it is live that is its end, and once it comes from the database its beginning.
     */
    private static List<JsonNode> messages(RoomReader reader) {
        return reader.look(Seen::items).stream()
                .map(it -> it.message)
                .filter(Objects::nonNull)
                .map(it -> {
                    ObjectNode copy = it.deepCopy();
                    copy.remove("seq");
                    if (copy.has("turn")) {
                        copy.remove("at");
                    }
                    return (JsonNode) copy;
                })
                .toList();
    }

    private static List<JsonNode> messagesOf(WeirClient client, String room) {
        try (RoomReader reader = RoomReader.follow(client, room, Transport.SSE)) {
            reader.begun();
            assertNothingLive(reader);
            return messages(reader);
        }
    }

    private static void assertInterrupted(RoomReader reader, String branch) {
        Seen.Item answer = reader.find(it -> it.id.equals(branch)).orElseThrow();
        assertThat(answer.outcome()).isEqualTo("interrupted");
        assertThat(reason(answer)).contains("server").contains("You can continue it.");
        assertNothingLive(reader);
    }

    private static void assertNothingLive(RoomReader reader) {
        assertThat(reader.find(it -> it.live)).isEmpty();
        assertThat(reader.events("presence"))
                .extracting(it -> it.path("state").asText())
                .doesNotContain("thinking", "generating", "typing");
    }

    private static void assertProviderLeft() {
        await().atMost(Duration.ofSeconds(30)).until(() -> server.upstream().answering() == 0);
    }
}
