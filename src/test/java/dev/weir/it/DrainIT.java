package dev.weir.it;

import static dev.weir.it.WeirClient.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two nodes of the product, one of which is taken out of service, back, and then stopped. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DrainIT {

    private static final int MANY = 150;
    private static final String WORDS =
            IntStream.rangeClosed(1, MANY).mapToObj(it -> "word" + it).collect(Collectors.joining(" "));

    /** Longer than a node waits before it hands over. */
    private static final String LONG = "[[words=" + MANY + " pace=120]]";

    /** For its end, which takes almost half a minute when all is well. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirCluster cluster;

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirClient one;

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirClient two;

    @BeforeAll
    static void start() {
        cluster = WeirCluster.start(
                2, Map.of("weir.interceptors.redact.mode", "off", "weir.interceptors.safety.mode", "off"));
        List<WeirClient> clients = cluster.clients("admin");
        one = clients.get(0);
        two = clients.get(1);
        WeirCluster.awaitNodes(one, 2);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> nodes(one).stream().allMatch(it -> it.has("startedAt"))
                        && nodes(one).size() == 2);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    private static List<JsonNode> nodes(WeirClient client) {
        JsonNode nodes = WeirClient.parse(client.get("/api/cluster").body()).path("nodes");
        return StreamSupport.stream(nodes.spliterator(), false).toList();
    }

    private static JsonNode node(WeirClient client) {
        return WeirCluster.told(client, two).orElseThrow();
    }

    private static HttpResponse<String> drain(WeirClient client, String verb) {
        return WeirCluster.drain(client, two, verb);
    }

    private static List<String> addresses(JsonNode message) {
        return StreamSupport.stream(message.path("nodes").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void assertSentAway(RoomReader reader) {
        await().atMost(Duration.ofSeconds(10)).until(reader::ended);
        JsonNode last = reader.others().getLast();
        assertThat(last.path("type").asText()).isEqualTo("move");
        assertThat(addresses(last)).containsExactly(one.origin());
    }

    @Test
    @Order(1)
    void says_how_each_node_stands() {
        String room = two.room("upstream");
        try (RoomReader here = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> node(one).path("connections").asInt() == 1);
        }
        JsonNode node = await().atMost(Duration.ofSeconds(30))
                .until(() -> node(one), it -> it.path("database").asText().equals("works"));
        assertThat(node.path("self").asBoolean()).isFalse();
        assertThat(node(two).path("self").asBoolean()).isTrue();
        assertThat(node.path("roles")).hasSize(2);
        assertThat(node.path("draining").asBoolean()).isFalse();
        assertThat(node.path("rooms").asInt()).isPositive();
        assertThat(node.path("models").toString()).contains("upstream");
        assertThat(node.path("place").asText()).startsWith("127.0.0.1:");
    }

    @Test
    @Order(2)
    void a_node_out_of_service_sends_its_clients_away_and_hands_over_what_it_writes() {
        String room = one.room("upstream");
        try (RoomReader stays = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader socket = RoomReader.follow(two, room, Transport.WEBSOCKET);
                RoomReader events = RoomReader.follow(two, room, Transport.SSE);
                RoomReader polls = RoomReader.follow(two, room, Transport.LONG_POLLING)) {
            for (RoomReader reader : List.of(stays, socket, events, polls)) {
                reader.begun();
            }
            String turn = turn(socket.prompt(LONG, "upstream"));
            stays.writing(turn, 20);

            assertThat(drain(one, "POST").statusCode()).isEqualTo(204);

            assertSentAway(socket);
            assertSentAway(events);
            await().atMost(Duration.ofSeconds(10)).until(polls::ended);
            assertThat(two.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(two.get("/health/live").statusCode()).isEqualTo(200);
            refusesToFollow(room);
            try (RoomReader back = RoomReader.followFrom(one, room, Transport.WEBSOCKET, socket.cursor())) {
                back.begun();
                assertThat(back.frames().getFirst().path("snapshot").asBoolean())
                        .isFalse();
            }

            assertThat(stays.ended(turn, PATIENCE).path("outcome").asText()).isEqualTo("complete");
            assertThat(stays.answer(turn).text).isEqualTo(WORDS);
            assertThat(stays.events("turn-ended")).hasSize(1);
            assertThat(stays.events("notice")).hasSize(1);
            stays.assertWhole();
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> node(one).path("turns").asInt() == 0
                            && node(one).path("connections").asInt() == 0);
        }
    }

    private static void refusesToFollow(String room) {
        HttpResponse<String> refused = two.get(RoomReader.address(room, Transport.LONG_POLLING, ""));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(WeirClient.parse(refused.body()).path("code").asText()).isEqualTo("moving");
        assertThat(two.get("/api/rooms/" + room + "/events?cursor=1-1&wait=1").statusCode())
                .isEqualTo(503);
        RoomReader late = RoomReader.follow(two, room, Transport.WEBSOCKET);
        assertSentAway(late);
    }

    @Test
    @Order(3)
    void what_it_is_asked_all_the_same_other_nodes_do() {
        String room = two.room("upstream");

        String turn = turn(two.command(
                room,
                WeirClient.commandOf("prompt")
                        .put("text", "[[say=\"Still here.\"]]")
                        .put("model", "upstream")));

        try (RoomReader reader = RoomReader.follow(one, room, Transport.WEBSOCKET)) {
            assertThat(reader.answer(turn).text).isEqualTo("Still here.");
        }
        assertThat(addresses(WeirClient.parse(two.get("/api/session").body()))).containsExactly(one.origin());
    }

    @Test
    @Order(4)
    void nobody_but_an_administrator_does_that_and_not_with_the_last_node() {
        WeirClient anna = cluster.node(1).client("anna");
        assertThat(drain(one, "POST").statusCode()).isEqualTo(204);
        String id = node(one).path("id").asText();
        assertThat(anna.call("DELETE", "/api/cluster/nodes/" + id + "/drain", null)
                        .statusCode())
                .isEqualTo(403);
        String self = nodes(one).stream()
                .filter(it -> it.path("self").asBoolean())
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();

        HttpResponse<String> last = one.call("POST", "/api/cluster/nodes/" + self + "/drain", null);

        assertThat(last.statusCode()).isEqualTo(409);
        assertThat(last.body()).contains("No other node in service");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> one.get("/api/audit?kind=admin").body().contains("node.drain"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> one.get("/api/audit?kind=refused").body().contains("node.restore"));
    }

    @Test
    @Order(5)
    void a_node_is_taken_back_into_service() {
        assertThat(drain(one, "DELETE").statusCode()).isEqualTo(204);

        await().atMost(Duration.ofSeconds(10))
                .until(() -> two.get("/health/ready").statusCode() == 200);
        String room = two.room("upstream");
        try (RoomReader reader = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            reader.begun();
            String turn = turn(reader.prompt("[[say=\"Back again.\"]]", "upstream"));
            assertThat(reader.answer(turn).text).isEqualTo("Back again.");
        }
    }

    @Test
    @Order(6)
    void a_node_that_is_stopped_lets_its_clients_go_at_once_and_its_answers_go_on() {
        String room = one.room("upstream");
        try (RoomReader stays = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader socket = RoomReader.follow(two, room, Transport.WEBSOCKET);
                RoomReader events = RoomReader.follow(two, room, Transport.SSE)) {
            for (RoomReader reader : List.of(stays, socket, events)) {
                reader.begun();
            }
            String turn = turn(socket.prompt(LONG, "upstream"));
            stays.writing(turn, 20);
            Thread stopping = Thread.ofPlatform().start(() -> cluster.node(2).stop());

            await().atMost(Duration.ofSeconds(30)).until(() -> socket.ended() && events.ended());
            try (RoomReader back = RoomReader.followFrom(one, room, Transport.WEBSOCKET, socket.cursor())) {
                back.begun();
                assertThat(back.answer(turn, PATIENCE).text).isEqualTo(WORDS);
            }
            assertThat(stays.answer(turn).outcome()).isEqualTo("complete");
            await().atMost(Duration.ofSeconds(60)).until(() -> !stopping.isAlive());
        }
        assertThatThrownBy(() -> two.get("/health/live")).hasRootCauseInstanceOf(java.io.IOException.class);
    }
}
