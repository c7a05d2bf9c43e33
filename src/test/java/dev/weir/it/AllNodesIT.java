package dev.weir.it;

import static dev.weir.it.WeirClient.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All nodes of a cluster are gone at once, and come back. */
final class AllNodesIT {

    private static final String WORDS =
            IntStream.rangeClosed(1, 5000).mapToObj(it -> "word" + it).collect(Collectors.joining(" "));
    private static final String POLICY = "{\"interceptors\":{\"length\":{\"settings\":{\"max-characters\":123456}}}}";

    private static String done(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return response.body();
    }

    private static String told(WeirClient client, String path) {
        return done(client.get(path), 200);
    }

    private static JsonNode members(WeirClient client, String room) {
        return WeirClient.parse(told(client, room)).path("members");
    }

    /** What the database has of an answer. */
    private static String flushed(WeirCluster cluster, String branch) throws SQLException {
        try (Connection connection = cluster.connection();
                PreparedStatement statement = connection.prepareStatement("SELECT text FROM message WHERE id = ?")) {
            statement.setString(1, branch);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    @Test
    void what_was_said_and_set_is_there_and_what_was_being_written_is_there_up_to_the_last_flush() {
        try (WeirCluster cluster = WeirCluster.start(3, Map.of())) {
            List<WeirClient> clients = cluster.clients("admin");
            clients.forEach(it -> WeirCluster.awaitNodes(it, 3));
            String room = clients.getFirst().room("upstream");
            String path = "/api/rooms/" + room;
            String policy = "/api/interceptors/policies/rooms/" + room;
            done(clients.get(1).call("POST", path + "/members", "{\"login\":\"ben\"}"), 201);
            done(clients.get(2).call("PUT", policy, POLICY), 200);
            JsonNode members = members(clients.getFirst(), path);
            String cursor;
            String finished;
            String branch;
            String early;
            try (RoomReader reader = RoomReader.follow(clients.get(1), room, Transport.WEBSOCKET)) {
                reader.begun();
                finished = reader.answer(turn(reader.prompt("[[words=20]]", "upstream"))).id;
                String turn = turn(reader.prompt("[[words=5000 pace=20]]", "upstream"));
                Seen.Item begun = reader.writing(turn, 500);
                branch = begun.id;
                early = begun.text;
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> flushed(cluster, branch).startsWith(early));
                cluster.kill();
                cursor = reader.cursor();
            }
            cluster.launch();

            for (WeirClient client : clients) {
                WeirCluster.awaitNodes(client, 3);
                assertThat(members(client, path)).hasSize(2).isEqualTo(members);
                assertThat(told(client, policy)).contains("123456");
                try (RoomReader reader = RoomReader.followFrom(client, room, Transport.WEBSOCKET, cursor)) {
                    reader.begun();
                    assertThat(reader.frames().getFirst().path("snapshot").asBoolean())
                            .isTrue();
                    assertThat(Seen.epoch(reader.cursor())).isGreaterThan(Seen.epoch(cursor));
                    assertThat(reader.find(it -> it.id.equals(finished))).hasValueSatisfying(it -> {
                        assertThat(it.outcome()).isEqualTo("complete");
                        assertThat(it.text).endsWith("word20");
                    });
                    assertThat(reader.find(it -> it.id.equals(branch))).hasValueSatisfying(it -> {
                        assertThat(it.outcome()).isEqualTo("interrupted");
                        assertThat(WORDS).startsWith(it.text);
                        assertThat(it.text).startsWith(early);
                    });
                }
            }
            try (RoomReader reader = RoomReader.follow(clients.getLast(), room, Transport.WEBSOCKET)) {
                reader.begun();
                String turn =
                        turn(reader.command(WeirClient.commandOf("continue").put("message", branch)));
                assertThat(reader.writing(turn, early.length() + 1).text).startsWith(early);
                done(clients.getFirst().call("POST", path + "/turns/" + turn + "/stop", null), 204);
                assertThat(reader.answer(turn).outcome()).isEqualTo("stopped");
                reader.assertWhole();
            }
        }
    }
}
