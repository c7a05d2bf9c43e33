package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.upstream.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that keeps messages for two hours and rooms for two days, whose database says that some are older. */
final class RetentionIT {

    private static final String[] OLDER = {
        "UPDATE message SET said_at = said_at - 10800000 WHERE room = ? AND text LIKE 'Old%'",
        "UPDATE room SET updated_at = updated_at - 300000000 WHERE id = ?"
    };

    @Test
    void what_is_too_old_goes_within_minutes_and_the_rest_stays() throws SQLException {
        try (WeirServer server =
                WeirServer.start(Map.of("weir.retention.messages", "PT2H", "weir.retention.rooms", "P2D"))) {
            WeirClient anna = server.client("anna");
            String used = anna.room("upstream");
            String unused = anna.room("upstream");
            ask(server, anna, used, "Old question", "Old answer");
            ask(server, anna, used, "Young question", "Young answer");
            ask(server, anna, unused, "Forgotten", "Forgotten as well");
            server.stop();
            change(server, OLDER[0], used);
            change(server, OLDER[1], unused);

            server.launch();

            WeirClient again = server.client("anna");
            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> again.get("/api/rooms/" + unused).statusCode() == 404);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(conversation(again, used))
                            .doesNotContain("Old question", "Old answer")
                            .contains("Young question", "Young answer"));
        }
    }

    private static String conversation(WeirClient client, String room) {
        try (RoomReader reader = RoomReader.follow(client, room, Transport.WEBSOCKET)) {
            reader.begun();
            return reader.conversation().toString();
        }
    }

    private static void ask(WeirServer server, WeirClient who, String room, String text, String answer) {
        try (RoomReader reader = RoomReader.follow(who, room, Transport.WEBSOCKET)) {
            reader.begun();
            server.upstream().answer(Script.answer(answer));
            String turn = reader.prompt(text, "upstream").path("turn").asText();
            assertThat(List.of(reader.answer(turn).text)).containsExactly(answer);
        }
    }

    private static void change(WeirServer server, String sql, String room) throws SQLException {
        String url = "jdbc:h2:file:" + server.data().toAbsolutePath().resolve("weir");
        try (Connection connection = DriverManager.getConnection(url, "weir", "");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, room);
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}
