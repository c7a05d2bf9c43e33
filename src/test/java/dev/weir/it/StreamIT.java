package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A room followed over the wire. */
class StreamIT {

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");

    @ParameterizedTest
    @EnumSource
    void streams_an_answer(Transport transport) {
        String room = admin.room("quick");
        try (RoomReader reader = RoomReader.follow(admin, room, transport)) {
            reader.begun();
            JsonNode ack = admin.prompt(room, "What is a room?");
            assertThat(ack.path("type").asText()).isEqualTo("ack");

            Seen.Item answer = reader.answer(ack.path("turn").asText());

            assertThat(answer.outcome()).isEqualTo("complete");
            assertThat(answer.text).isNotBlank();
            assertThat(reader.look(Seen::deltas)).isGreaterThan(3);
            reader.assertWhole();
        }
    }
}
