package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.upstream.Script;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the embedded database's file, the audit and the logs have of a user who was erased, once the server has stopped. */
final class ErasedFileIT {

    private static final String SHORT = "Kieselgurfilter-4711";
    private static final String LONG = "Lang genug fuer einen eigenen Platz in der Datei. ".repeat(60) + "Ende-2718";
    private static final String ANSWERED = "Diatomeenschlamm-0815";

    @Test
    void nothing_of_them_is_left_in_any_file() throws SQLException {
        LeftBehind left = new LeftBehind();
        WeirServer server = WeirServer.start(Map.of());
        try {
            WeirClient admin = WeirClient.withKey(server, WeirServer.ADMIN_KEY);
            WeirClient anna = server.client("anna");
            WeirClient ben = server.client("ben");
            String room = ben.room("upstream");
            ben.addMember(room, "anna");
            ask(server, anna, room, SHORT);
            ask(server, anna, room, LONG);
            ask(server, anna, anna.room("upstream"), SHORT);
            ask(server, ben, room, "What stays?", "Something stays.");
            WeirClient other = server.client("admin");
            ask(server, other, other.room("upstream"), "And what else?", "Marker-4711.");
            JsonNode user = WeirClient.parse(anna.get("/api/session").body());
            String id = user.path("user").path("id").asText(user.path("id").asText());

            assertThat(admin.call("POST", "/api/users/" + id + "/erasure", null).statusCode())
                    .isEqualTo(200);

            left.afterSweep(server, "Marker-4711.");
            left.assertNothingOf(List.of(SHORT, "Ende-2718", ANSWERED));
            server.launch();
            try (RoomReader reader = RoomReader.follow(server.client("ben"), room, Transport.WEBSOCKET)) {
                reader.begun();
                assertThat(reader.conversation().toString()).contains("What stays?", "Something stays.");
            }
        } finally {
            server.close();
        }
    }

    private static void ask(WeirServer server, WeirClient anna, String room, String text) {
        ask(server, anna, room, text, ANSWERED);
    }

    private static void ask(WeirServer server, WeirClient who, String room, String text, String answer) {
        try (RoomReader reader = RoomReader.follow(who, room, Transport.WEBSOCKET)) {
            reader.begun();
            server.upstream().answer(Script.answer(answer));
            reader.answer(reader.prompt(text, "upstream").path("turn").asText());
        }
    }
}
