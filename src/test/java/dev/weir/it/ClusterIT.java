package dev.weir.it;

import static dev.weir.it.WeirClient.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two nodes of the product with one database. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClusterIT {

    private static final String WORDS =
            IntStream.rangeClosed(1, 200).mapToObj(it -> "word" + it).collect(Collectors.joining(" "));

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
        WeirCluster.awaitNodes(two, 2);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @Test
    @Order(1)
    void people_on_two_nodes_see_the_same_stream() {
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.SSE)) {
            here.begun();
            there.begun();

            String turn = turn(here.prompt("[[words=200 pace=25]]", "upstream"));
            here.ended(turn);
            there.ended(turn);

            assertThat(there.answer(turn).text).isEqualTo(WORDS);
            assertThat(there.events("delta")).hasSizeGreaterThan(5).isEqualTo(here.events("delta"));
            assertThat(there.conversation()).isEqualTo(here.conversation());
            here.assertWhole();
            there.assertWhole();
        }
    }

    @Test
    @Order(2)
    void a_stop_on_one_node_closes_the_connection_that_another_has_to_the_provider() {
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            List<Duration> took = new ArrayList<>();
            for (int stops = 1; stops <= 3; stops++) {
                String turn = turn(here.prompt("[[words=20 hold=" + Ids.next() + "]]", "upstream"));
                there.writing(turn, 20);
                ObjectNode stop = WeirClient.commandOf("stop").put("turn", turn);

                long since = System.nanoTime();
                there.send(stop.toString());

                await().pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> cluster.upstream().answering() == 0);
                took.add(Duration.ofNanos(System.nanoTime() - since));
                assertThat(there.ended(turn).path("outcome").asText()).isEqualTo("stopped");
                turn(there.command(WeirClient.commandOf("stop").put("turn", turn)));
                assertThat(there.events("turn-ended")).hasSize(stops);
            }
            assertThat(Collections.min(took))
                    .as("as long as the machine lets it")
                    .isLessThan(Duration.ofMillis(250));
            here.assertWhole();
            there.assertWhole();
        }
    }

    @Test
    @Order(3)
    void an_edit_on_one_node_ends_the_answer_that_another_writes() {
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            JsonNode asked = here.prompt("[[words=20 hold=" + Ids.next() + "]]", "upstream");
            there.writing(turn(asked), 20);

            JsonNode edited = there.command(WeirClient.commandOf("edit")
                    .put("message", asked.path("message").asText())
                    .put("text", "[[say=\"Something else.\"]]")
                    .put("model", "upstream"));

            assertThat(here.answer(turn(edited)).text).isEqualTo("Something else.");
            assertThat(here.ended(turn(asked)).path("outcome").asText()).isEqualTo("superseded");
            await().until(() -> cluster.upstream().answering() == 0);
            here.assertWhole();
            there.assertWhole();
        }
    }

    @Test
    @Order(4)
    void a_command_sent_again_to_another_node_is_carried_out_once() {
        String room = one.room("upstream");
        ObjectNode prompt =
                WeirClient.commandOf("prompt").put("text", "[[say=\"Once.\"]]").put("model", "upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();

            String turn = turn(here.command(prompt));
            here.ended(turn);
            JsonNode again = there.command(prompt);

            assertThat(turn(again)).isEqualTo(turn);
            assertThat(there.answer(turn).text).isEqualTo("Once.");
            assertThat(there.events("turn-started")).hasSize(1);
        }
    }

    @Test
    @Order(5)
    void who_signs_out_on_one_node_is_signed_out_on_the_other() {
        List<WeirClient> anna = cluster.clients("anna");
        assertThat(anna.get(1).get("/api/session").statusCode()).isEqualTo(200);

        anna.get(0).call("POST", "/sign-out", null);

        // Sooner than a node forgets by itself whose a sign-in is, which takes five seconds.
        await().atMost(Duration.ofMillis(4500))
                .until(() -> anna.get(1).get("/api/session").statusCode() == 401);
    }

    @Test
    @Order(6)
    void the_death_of_a_node_that_runs_no_turn_loses_nothing() {
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            String turn = turn(here.prompt("[[words=200 pace=20]]", "upstream"));
            there.writing(turn, 200);

            cluster.node(2).kill();
            there.cut();
            here.ended(turn);

            assertThat(here.answer(turn).text).isEqualTo(WORDS);
            assertThat(here.answer(turn).outcome()).isEqualTo("complete");
            here.assertWhole();
            try (RoomReader back = RoomReader.followFrom(one, room, Transport.WEBSOCKET, there.cursor())) {
                back.begun();
                assertThat(back.frames().getFirst().path("snapshot").asBoolean())
                        .isFalse();
            }
        }
        WeirCluster.awaitNodes(one, 1);
        cluster.node(2).launch();
        WeirCluster.awaitNodes(one, 2);
        try (RoomReader reader = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            reader.begun();
            assertThat(reader.conversation()).hasSize(2).last().asString().contains("word200");
        }
    }

    @Test
    @Order(7)
    void a_node_that_stands_still_is_gone_for_the_other_and_comes_back() {
        cluster.node(2).pause();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> WeirCluster.nodes(one) == 1);
        } finally {
            cluster.node(2).resume();
        }
        WeirCluster.awaitNodes(one, 2);
        WeirCluster.awaitNodes(two, 2);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> two.get("/health/ready").statusCode() == 200);
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            String turn = turn(there.prompt("[[say=\"All is well.\"]]", "upstream"));
            assertThat(here.answer(turn).text).isEqualTo("All is well.");
        }
    }
}
