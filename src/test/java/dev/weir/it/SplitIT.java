package dev.weir.it;

import static dev.weir.it.WeirClient.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes of the product that no longer see each other: one side goes on, and nobody is shown what the others never see. */
final class SplitIT {

    private static final int MANY = 200;
    private static final String WORDS =
            IntStream.rangeClosed(1, MANY).mapToObj(it -> "word" + it).collect(Collectors.joining(" "));

    /** For the end of an answer, which takes almost half a minute when all is well. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @SuppressWarnings("NullAway.Init") // by start()
    private static Wires wires;

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirCluster cluster;

    @BeforeAll
    static void start() {
        wires = new Wires(3);
        cluster = WeirCluster.start(3, Map.of("weir.cluster.silence", "PT3S"), wires::settings);
    }

    @AfterAll
    static void end() {
        cluster.close();
        wires.close();
    }

    @SuppressWarnings("NullAway.Init") // before each
    private List<WeirClient> clients;

    @BeforeEach
    void allAreThere() {
        wires.mend();
        clients = cluster.clients("admin");
        clients.forEach(it -> WeirCluster.awaitNodes(it, 3));
    }

    private RoomReader follow(int node, String room) {
        RoomReader reader = RoomReader.follow(clients.get(node - 1), room, Transport.WEBSOCKET);
        reader.begun();
        return reader;
    }

    /** An answer that does not end before its gate is open, whichever node asks for it. */
    private static String prompt(String gate) {
        return "[[words=" + MANY + " pace=100 hold=" + gate + "]]";
    }

    private static String written(RoomReader reader, String turn) {
        return reader.find(it -> it.turn.equals(turn)).map(it -> it.text).orElse("");
    }

    private static void assertWentOn(RoomReader reader, String turn) {
        JsonNode end = reader.ended(turn, PATIENCE);
        assertThat(end.path("outcome").asText()).as(end.toString()).isEqualTo("complete");
        assertThat(reader.answer(turn).text).isEqualTo(WORDS);
        assertThat(reader.events("turn-ended")).hasSize(1);
        reader.assertWhole();
    }

    /** Goes on with what a reader has seen at a node that was taken out, at another one. */
    private void assertGoesOnElsewhere(RoomReader reader, String room, String turn) {
        await().atMost(Duration.ofSeconds(30)).until(reader::ended);
        assertThat(WORDS).startsWith(written(reader, turn));
        try (RoomReader back = RoomReader.followFrom(clients.getFirst(), room, Transport.WEBSOCKET, reader.cursor())) {
            back.begun();
            assertThat(back.frames().getFirst().path("snapshot").asBoolean())
                    .as("from " + reader.cursor() + ": " + back.frames().getFirst())
                    .isFalse();
        }
    }

    private void assertSameForAll(String room, String turn) {
        clients.forEach(it -> WeirCluster.awaitNodes(it, 3));
        for (int node = 1; node <= 3; node++) {
            try (RoomReader fresh = follow(node, room)) {
                assertThat(fresh.answer(turn).text).isEqualTo(WORDS);
            }
        }
    }

    @Test
    void an_answer_of_a_node_that_is_cut_off_goes_on_at_the_others_once() {
        String room = clients.getFirst().room("upstream");
        try (RoomReader here = follow(1, room);
                RoomReader there = follow(3, room)) {
            String gate = Ids.next();
            String turn = turn(there.prompt(prompt(gate), "upstream"));
            here.writing(turn, 100);

            wires.part(3);

            int before = written(here, turn).length();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> written(here, turn).length() > before + 20
                            && here.events("notice").size() == 1);
            cluster.upstream().release(gate);
            assertGoesOnElsewhere(there, room, turn);
            assertThat(clients.get(2).get("/api/rooms").statusCode()).isEqualTo(503);
            assertWentOn(here, turn);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> cluster.upstream().answering() == 0);

            wires.mend();
            assertSameForAll(room, turn);
        }
    }

    @Test
    void an_answer_goes_on_for_the_larger_side_when_another_node_is_cut_off() {
        String room = clients.getFirst().room("upstream");
        try (RoomReader here = follow(1, room);
                RoomReader there = follow(3, room)) {
            String gate = Ids.next();
            String turn = turn(here.prompt(prompt(gate), "upstream"));
            there.writing(turn, 100);

            wires.part(3);

            assertGoesOnElsewhere(there, room, turn);
            cluster.upstream().release(gate);
            assertWentOn(here, turn);
            assertThat(here.events("notice")).isEmpty();

            wires.mend();
            assertSameForAll(room, turn);
        }
    }

    @Test
    void a_node_that_stood_still_shows_and_writes_nothing_of_its_own() {
        String room = clients.getFirst().room("upstream");
        try (RoomReader here = follow(1, room);
                RoomReader there = follow(2, room)) {
            String gate = Ids.next();
            String turn = turn(there.prompt(prompt(gate), "upstream"));
            here.writing(turn, 100);

            cluster.node(2).pause();
            int before = written(here, turn).length();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> written(here, turn).length() > before + 20
                            && here.events("notice").size() == 1);
            cluster.node(2).resume();
            cluster.upstream().release(gate);

            assertGoesOnElsewhere(there, room, turn);
            assertWentOn(here, turn);
            assertSameForAll(room, turn);
        }
    }
}
