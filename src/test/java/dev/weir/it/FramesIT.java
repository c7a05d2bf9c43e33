package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.upstream.FakeUpstream;
import dev.weir.upstream.Script;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A room followed in blocks of Markdown over the wire, beside clients that follow it as it is. */
class FramesIT {

    private static final String START = "# Rivers\n\nThe Rhine is\nlong.\n\n- one\n- tw";
    private static final String REST = "o\n\n```java\nint a;\n```\nend";

    /** All of the start but the word that redaction still holds. */
    private static final int SHOWN = START.length() - "tw".length();

    private final WeirServer server = WeirServer.shared();
    private final FakeUpstream upstream = server.upstream();
    private final WeirClient admin = server.client("admin");

    /** The rest comes when {@link FakeUpstream#release} is told so. */
    private void answer(String hold) {
        upstream.answer(Script.begin()
                .deltas("# Riv", "ers\n\nThe Rhine", " is\nlong.\n", "\n- one\n- tw")
                .hold(hold)
                .deltas("o\n\n``", "`java\nint a", ";\n```", "\nend")
                .finish("stop")
                .done());
    }

    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET", "SSE"})
    void a_framed_client_cut_in_mid_paragraph_goes_on_exactly(Transport transport) {
        String room = admin.room("upstream");
        String hold = "framed " + transport;
        answer(hold);
        try (RoomReader plain = RoomReader.follow(admin, room, Transport.WEBSOCKET);
                FramedReader steady = FramedReader.follow(admin, room, transport);
                FramedReader cut = FramedReader.follow(admin, room, transport)) {
            plain.begun();
            String turn = admin.prompt(room, "Rivers?").path("turn").asText();
            plain.writing(turn, SHOWN);

            String released = START.substring(0, START.indexOf("- one"));
            cut.awaitText(released);
            steady.awaitText(released);
            cut.cut();
            cut.resume(transport == Transport.SSE ? Transport.WEBSOCKET : Transport.SSE);
            upstream.release(hold);

            assertThat(plain.answer(turn).text).isEqualTo(START + REST);
            for (FramedReader framed : List.of(steady, cut)) {
                framed.awaitEnd();
                assertThat(framed.finishedText()).isEqualTo(START + REST);
                assertThat(framed.text()).isEqualTo(START + REST.substring(0, REST.indexOf("end")));
                assertThat(framed.kinds())
                        .containsExactly(
                                "heading", "paragraph", "paragraph", "paragraph", "code", "code", "code", "paragraph");
                assertThat(framed.snapshots()).isEqualTo(1);
            }
            plain.assertWhole();
        }
    }

    @Test
    void a_latecomer_gets_what_is_complete_and_then_the_rest() {
        String room = admin.room("upstream");
        answer("late framed");
        try (RoomReader plain = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            String turn = admin.prompt(room, "Rivers?").path("turn").asText();
            plain.writing(turn, SHOWN);
            try (FramedReader late = FramedReader.follow(admin, room, Transport.SSE)) {
                assertThat(late.text()).isEqualTo(START.substring(0, START.indexOf("- one")));
                upstream.release("late framed");
                late.awaitEnd();
                assertThat(late.text()).isEqualTo(START + REST.substring(0, REST.indexOf("end")));
                assertThat(late.finishedText()).isEqualTo(START + REST);
            }
        }
    }

    @Test
    void programs_get_blocks_too() {
        String room = admin.room("upstream");
        answer("rest framed");
        upstream.release("rest framed");
        String events = "/api/rooms/" + room + "/events?frames=markdown";
        List<JsonNode> blocks = new ArrayList<>();
        try (RestStream stream = RestStream.open(admin, events, "")) {
            stream.next();
            admin.prompt(room, "Rivers?");
            while (blocks.isEmpty()) {
                stream.next().frame().path("events").forEach(it -> {
                    if (it.has("outcome")) {
                        it.path("blocks").forEach(blocks::add);
                    }
                });
            }
        }
        assertThat(blocks).hasSize(8);
        JsonNode snapshot = WeirClient.parse(admin.get(events).body());
        assertThat(snapshot.path("events").findValues("blocks").getFirst()).hasSize(8);
    }

    @Test
    void other_frames_are_refused() {
        String room = admin.room("upstream");
        assertThat(admin.get("/api/rooms/" + room + "/events?frames=html").statusCode())
                .isEqualTo(400);
        assertThat(admin.get(RoomReader.address(room, Transport.SSE, "") + "&frames=html")
                        .statusCode())
                .isEqualTo(400);
    }
}
