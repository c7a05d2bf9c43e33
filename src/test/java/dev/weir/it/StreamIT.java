package dev.weir.it;

import static dev.weir.it.WeirClient.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.upstream.FakeUpstream;
import dev.weir.upstream.Script;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A room followed over the wire, and commanded. */
class StreamIT {

    private final WeirServer server = WeirServer.shared();
    private final FakeUpstream upstream = server.upstream();
    private final WeirClient admin = server.client("admin");

    @ParameterizedTest
    @EnumSource
    void streams_an_answer(Transport transport) {
        String room = admin.room("quick");
        try (RoomReader reader = RoomReader.follow(admin, room, transport)) {
            reader.begun();
            JsonNode ack = admin.prompt(room, "What is a room?");
            assertThat(ack.path("type").asText()).isEqualTo("ack");

            Seen.Item answer = reader.answer(turn(ack));

            assertThat(answer.outcome()).isEqualTo("complete");
            assertThat(answer.text).isNotBlank();
            assertThat(reader.look(Seen::deltas)).isGreaterThan(3);
            reader.assertWhole();
        }
    }

    @Test
    void sends_the_same_events_on_every_transport() {
        String room = admin.room("quick");
        List<RoomReader> readers = everyTransport(room);
        String turn = turn(admin.prompt(room, "Write a table of three rivers."));
        readers.forEach(reader -> reader.ended(turn));
        readers.forEach(reader -> settled(reader, readers.getFirst()));

        assertThat(tail(readers.get(1))).isEqualTo(tail(readers.get(0)));
        assertThat(tail(readers.get(2))).isEqualTo(tail(readers.get(0)));
        readers.forEach(RoomReader::assertWhole);
        readers.forEach(RoomReader::close);
    }

    @ParameterizedTest
    @EnumSource
    void gives_a_latecomer_the_text_so_far(Transport transport) {
        String room = admin.room("upstream");
        upstream.answer(Script.begin()
                .deltas("Hello", " there")
                .hold("late " + transport)
                .deltas(", late one.")
                .finish("stop")
                .done());
        try (RoomReader early = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            String turn = turn(admin.prompt(room, "Greet us."));
            early.writing(turn, 11);
            try (RoomReader late = RoomReader.follow(admin, room, transport)) {
                late.begun();
                JsonNode first = late.frames().getFirst();
                assertThat(first.path("snapshot").asBoolean()).isTrue();
                assertThat(first.path("room").path("id").asText()).isEqualTo(room);
                assertThat(late.conversation()).anyMatch(line -> line.endsWith(": Hello there"));

                upstream.release("late " + transport);

                assertThat(late.answer(turn).text).isEqualTo("Hello there, late one.");
                assertThat(early.answer(turn).text).isEqualTo("Hello there, late one.");
                late.assertWhole();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void goes_on_from_the_cursor_on_any_transport(Transport transport) {
        String room = admin.room("upstream");
        upstream.answer(Script.begin()
                .deltas("One", " two")
                .hold("cut " + transport)
                .deltas(" three", " four")
                .finish("stop")
                .done());
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            String turn = turn(admin.prompt(room, "Count."));
            reader.writing(turn, 7);
            reader.cut();
            upstream.release("cut " + transport);
            try (RoomReader witness = RoomReader.follow(admin, room, Transport.SSE)) {
                witness.answer(turn);
            }

            reader.resume(transport);

            assertThat(reader.answer(turn).text).isEqualTo("One two three four");
            assertThat(reader.look(Seen::snapshots)).isEqualTo(1);
            reader.assertWhole();
        }
    }

    @Test
    void says_why_a_command_is_refused() {
        String room = admin.room("quick");
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            assertThat(code(reader.prompt("Hello", "no-such-model"))).isEqualTo("unknown-model");
            assertThat(code(reader.prompt("  ", "quick"))).isEqualTo("invalid");
            assertThat(code(reader.command(WeirClient.commandOf("dance")))).isEqualTo("invalid");
            assertThat(code(reader.command(WeirClient.commandOf("regenerate").put("message", "nothing"))))
                    .isEqualTo("no-such-message");
            assertThat(reader.command(WeirClient.commandOf("stop").put("turn", "nothing"))
                            .path("type")
                            .asText())
                    .isEqualTo("ack");
            assertThat(reader.conversation()).isEmpty();
        }
    }

    @Test
    void does_a_repeated_command_once() {
        String room = admin.room("quick");
        ObjectNode command = WeirClient.commandOf("prompt").put("text", "Only once.");
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            JsonNode first = reader.command(command);
            JsonNode second = admin.command(room, command);
            assertThat(second).isEqualTo(first);
            reader.answer(turn(first));
            assertThat(admin.command(room, command)).isEqualTo(first);
            assertThat(reader.conversation()).hasSize(2);
        }
    }

    @Test
    void stop_closes_the_connection_to_the_model() {
        String room = admin.room("upstream");
        int closedBefore = upstream.clientClosings().size();
        upstream.answer(Script.begin().repeat("word ", 10_000, Duration.ofMillis(20)));
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            String turn = turn(admin.prompt(room, "Talk on."));
            reader.writing(turn, 20);
            Instant asked = Instant.now();
            assertThat(admin.stop(room, turn).path("type").asText()).isEqualTo("ack");

            Seen.Item answer = reader.answer(turn);

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> upstream.clientClosings().size() > closedBefore);
            assertThat(upstream.clientClosings().getLast()).isCloseTo(asked, within(10, ChronoUnit.SECONDS));
            assertThat(answer.outcome()).isEqualTo("stopped");
            assertThat(answer.text).startsWith("word word ");
            assertThat(answer.reason()).isEqualTo("Stopped by Administrator.");
            assertThat(admin.stop(room, turn).path("type").asText()).isEqualTo("ack");
            assertThat(reader.events("turn-ended")).hasSize(1);
        }
    }

    @Test
    void regenerates_in_the_place_of_the_old_answer() {
        String room = admin.room("upstream");
        upstream.answer(Script.answer("First try.")).answer(Script.answer("Second try."));
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET);
                RoomReader other = RoomReader.follow(admin, room, Transport.SSE)) {
            Seen.Item first = reader.answer(turn(reader.prompt("Try.", "")));
            String turn = turn(reader.command(WeirClient.commandOf("regenerate").put("message", first.id)));

            assertThat(reader.answer(turn).text).isEqualTo("Second try.");
            assertThat(reader.conversation()).containsExactly("Administrator : Try.", "upstream complete: Second try.");
            other.answer(turn);
            assertThat(other.conversation()).isEqualTo(reader.conversation());
            assertThat(latecomer(room)).isEqualTo(reader.conversation());
        }
    }

    @Test
    void continues_an_answer_that_was_cut() {
        String room = admin.room("upstream");
        upstream.answer(Script.begin()
                        .deltas("Half of", " it")
                        .pause(Duration.ofMillis(500))
                        .reset())
                .answer(Script.answer(" and the", " other half."));
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            Seen.Item half = reader.answer(turn(reader.prompt("All of it.", "")));
            assertThat(half.outcome()).isEqualTo("failed");
            assertThat(half.text).isEqualTo("Half of it");
            String turn = turn(reader.command(WeirClient.commandOf("continue").put("message", half.id)));

            assertThat(reader.answer(turn).text).isEqualTo("Half of it and the other half.");
            assertThat(reader.conversation()).hasSize(2);
            assertThat(latecomer(room)).isEqualTo(reader.conversation());
            reader.assertWhole();
        }
    }

    @Test
    void an_edited_question_takes_the_place_of_all_that_followed() {
        String room = admin.room("upstream");
        upstream.answer(Script.answer("One.")).answer(Script.answer("Two.")).answer(Script.answer("Three."));
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            JsonNode first = reader.prompt("First?", "");
            reader.answer(turn(first));
            reader.answer(turn(reader.prompt("Second?", "")));
            JsonNode edited = reader.command(WeirClient.commandOf("edit")
                    .put("message", first.path("message").asText())
                    .put("text", "Other first?"));

            reader.answer(turn(edited));

            assertThat(reader.conversation())
                    .containsExactly("Administrator : Other first?", "upstream complete: Three.");
            assertThat(latecomer(room)).isEqualTo(reader.conversation());
        }
    }

    @Test
    void an_edit_in_mid_answer_ends_that_answer() {
        String room = admin.room("upstream");
        upstream.answer(Script.begin().repeat("on and ", 10_000, Duration.ofMillis(20)))
                .answer(Script.answer("Done."));
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            JsonNode first = reader.prompt("First?", "");
            reader.writing(turn(first), 20);
            JsonNode edited = reader.command(WeirClient.commandOf("edit")
                    .put("message", first.path("message").asText())
                    .put("text", "Better?"));

            reader.answer(turn(edited));

            assertThat(reader.ended(turn(first)).path("outcome").asText()).isEqualTo("superseded");
            assertThat(reader.conversation()).containsExactly("Administrator : Better?", "upstream complete: Done.");
            assertThat(latecomer(room)).isEqualTo(reader.conversation());
        }
    }

    @Test
    void shows_that_another_member_is_typing() {
        String room = admin.room("quick");
        admin.addMember(room, "anna");
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            server.client("anna").command(room, WeirClient.commandOf("typing"));

            reader.until(
                    "somebody typing",
                    () -> reader.events("presence").stream()
                            .filter(it -> it.path("state").asText().equals("typing"))
                            .filter(it ->
                                    it.path("member").path("name").asText().equals("Anna"))
                            .findFirst());
        }
    }

    @Test
    void keeps_a_quiet_connection_alive() {
        String room = admin.room("quick");
        for (RoomReader reader : everyTransport(room)) {
            reader.until(
                    "a heartbeat",
                    () -> reader.frames().stream()
                            .filter(it -> it.path("events").isEmpty()
                                    && !it.path("snapshot").asBoolean())
                            .findFirst());
            reader.assertWhole();
            reader.close();
        }
    }

    @Test
    void many_readers_of_mixed_transports_end_equal() {
        String room = admin.room("careful");
        List<RoomReader> readers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            readers.addAll(everyTransport(room));
        }
        String turn = turn(admin.prompt(room, "Explain backpressure at length."));
        readers.forEach(reader -> reader.answer(turn));

        List<String> conversation = readers.getFirst().conversation();
        for (RoomReader reader : readers) {
            assertThat(reader.conversation()).isEqualTo(conversation);
            reader.assertWhole();
            reader.close();
        }
    }

    private List<RoomReader> everyTransport(String room) {
        List<RoomReader> readers = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            RoomReader reader = RoomReader.follow(admin, room, transport);
            reader.begun();
            readers.add(reader);
        }
        return readers;
    }

    private List<String> latecomer(String room) {
        try (RoomReader late = RoomReader.follow(admin, room, Transport.SSE)) {
            late.begun();
            return late.conversation();
        }
    }

    private static void settled(RoomReader reader, RoomReader first) {
        reader.until("the last event", () -> Optional.of(reader.cursor()).filter(it -> it.equals(first.cursor())));
    }

    /** What came after the snapshot, without the grouping into frames. */
    private static List<JsonNode> tail(RoomReader reader) {
        List<JsonNode> events = new ArrayList<>();
        reader.frames().stream()
                .filter(it -> !it.path("snapshot").asBoolean())
                .forEach(it -> it.path("events").forEach(events::add));
        return events;
    }

    private static String code(JsonNode error) {
        assertThat(error.path("type").asText()).as(error.toString()).isEqualTo("error");
        assertThat(error.path("detail").asText()).endsWith(".");
        return error.path("code").asText();
    }
}
