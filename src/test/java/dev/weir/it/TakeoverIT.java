package dev.weir.it;

import static dev.weir.it.WeirClient.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Ids;
import dev.weir.upstream.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes of the product with one database: what one has of the other's answers, and what becomes of them when it goes. */
final class TakeoverIT {

    private static final int MANY = 150;
    private static final String WORDS =
            IntStream.rangeClosed(1, MANY).mapToObj(it -> "word" + it).collect(Collectors.joining(" "));

    /** For the end of an answer, which takes almost half a minute when all is well. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How long it took, from the kill on, until another node went on. */
    private static final List<Duration> TOOK = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirCluster cluster;

    @BeforeAll
    static void start() {
        cluster = WeirCluster.start(
                2, Map.of("weir.models.impatient.prefill", "false", "weir.models.impatient.idle-timeout", "PT30S"));
    }

    /** A busy machine may be slower now and then. */
    @AfterAll
    static void goes_on_within_five_seconds() {
        cluster.close();
        assertThat(TOOK).isNotEmpty();
        assertThat(Collections.min(TOOK)).isLessThan(Duration.ofSeconds(5));
    }

    @SuppressWarnings("NullAway.Init") // before each
    private WeirClient one;

    @SuppressWarnings("NullAway.Init") // before each
    private WeirClient two;

    @BeforeEach
    void bothAreThere() {
        List<WeirClient> clients = cluster.clients("admin");
        one = clients.get(0);
        two = clients.get(1);
        WeirCluster.awaitNodes(one, 2);
        WeirCluster.awaitNodes(two, 2);
    }

    /** An answer that does not end before its gate is open, whichever node asks for it. */
    private static String prompt(int pace, String gate) {
        return "[[words=" + MANY + " pace=" + pace + " hold=" + gate + "]]";
    }

    /** Returns when the other node has begun to go on. */
    private static void killTheWriter(RoomReader reader) {
        cluster.node(2).kill();
        long since = System.nanoTime();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> reader.events("notice").size() == 1);
        TOOK.add(Duration.ofNanos(System.nanoTime() - since));
    }

    private static void awaitProviderLeft() {
        await().atMost(Duration.ofSeconds(20)).until(() -> cluster.upstream().answering() == 0);
    }

    private static void assertWentOn(RoomReader reader, String turn) {
        assertThat(reader.ended(turn, PATIENCE).path("outcome").asText()).isEqualTo("complete");
        assertThat(reader.answer(turn).text).isEqualTo(WORDS);
        assertThat(reader.events("turn-ended")).hasSize(1);
        assertThat(reader.events("notice")).hasSize(1);
        reader.assertWhole();
    }

    @Test
    void an_answer_goes_on_at_another_node_when_its_own_is_killed() {
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            String gate = Ids.next();
            String turn = turn(there.prompt(prompt(40, gate), "upstream"));
            here.writing(turn, 200);

            killTheWriter(here);
            cluster.upstream().release(gate);

            assertWentOn(here, turn);
            JsonNode usage = here.ended(turn).path("usage");
            assertThat(usage.path("outputTokens").asLong()).isGreaterThan(MANY);
            awaitProviderLeft();
            there.cut();
            try (RoomReader back = RoomReader.followFrom(one, room, Transport.WEBSOCKET, there.cursor())) {
                back.begun();
                assertThat(back.frames().getFirst().path("snapshot").asBoolean())
                        .isFalse();
            }
        }
        cluster.node(2).launch();
    }

    @Test
    void an_answer_whose_model_cannot_go_on_begins_again_and_says_so() {
        String room = one.room("impatient");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            String gate = Ids.next();
            String turn = turn(there.prompt(prompt(40, gate), "impatient"));
            here.writing(turn, 200);

            killTheWriter(here);
            cluster.upstream().release(gate);

            assertWentOn(here, turn);
            assertThat(here.events("notice").toString()).contains("begins again");
            assertThat(here.events("withdrawn")).hasSize(1);
            assertThat(here.ended(turn).path("usage").path("outputTokens").asLong())
                    .isGreaterThan(MANY);
        }
        cluster.node(2).launch();
    }

    @Test
    void what_was_being_written_at_many_places_goes_on_too() {
        List<RoomReader> readers = new ArrayList<>();
        List<String> turns = new ArrayList<>();
        String gate = Ids.next();
        for (int i = 0; i < 12; i++) {
            String room = one.room("upstream");
            readers.add(RoomReader.follow(one, room, Transport.WEBSOCKET));
            try (RoomReader asking = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
                asking.begun();
                turns.add(turn(asking.prompt(prompt(150, gate), "upstream")));
            }
        }

        cluster.node(2).kill();
        cluster.upstream().release(gate);

        for (int i = 0; i < turns.size(); i++) {
            assertWentOn(readers.get(i), turns.get(i));
            readers.get(i).close();
        }
        cluster.node(2).launch();
    }

    @Test
    void an_answer_can_be_stopped_while_nobody_writes_it() {
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            String turn = turn(there.prompt(prompt(40, Ids.next()), "upstream"));
            here.writing(turn, 100);
            cluster.node(2).kill();

            ObjectNode stop = WeirClient.commandOf("stop").put("turn", turn);
            turn(here.command(stop));

            assertThat(here.ended(turn).path("outcome").asText()).isEqualTo("stopped");
            awaitProviderLeft();
        }
        cluster.node(2).launch();
    }

    @Test
    void a_node_that_is_stopped_hands_its_answers_over() {
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            String gate = Ids.next();
            String turn = turn(there.prompt(prompt(150, gate), "upstream"));
            here.writing(turn, 50);

            cluster.node(2).stop();
            cluster.upstream().release(gate);

            assertWentOn(here, turn);
        }
        cluster.node(2).launch();
    }

    @Test
    void a_replica_has_only_what_the_guards_let_through() throws Exception {
        cluster.upstream()
                .answer(Script.begin()
                        .deltas("Charge the card 4539 14", "88 0343 64", "67 at noon.")
                        .finish("stop")
                        .done());
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            String turn = turn(here.prompt("Which card?", "upstream"));
            assertThat(there.answer(turn).text).startsWith("Charge the card").doesNotContain("0343");

            String memory = cluster.node(2).memory();

            assertThat(memory.contains("Charge the card")).isTrue();
            assertThat(memory.contains("88 0343 64")).isFalse();
        }
    }
}
