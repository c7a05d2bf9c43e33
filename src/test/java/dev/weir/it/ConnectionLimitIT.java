package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A user has so many connections that follow rooms, and no more, whatever the transport; those that end make room. */
final class ConnectionLimitIT {

    private static final int MOST = 3;

    @Test
    void one_connection_too_many_is_refused_on_every_transport_and_goes_through_when_another_has_ended() {
        try (WeirServer server = WeirServer.start(Map.of("weir.stream.connections-per-user", Integer.toString(MOST)))) {
            limited(server.client("admin"));
        }
    }

    private static void limited(WeirClient admin) {
        String room = admin.room("quick");
        List<RoomReader> readers = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET);
            reader.begun();
            readers.add(reader);
        }

        for (Transport transport : List.of(Transport.SSE, Transport.LONG_POLLING)) {
            HttpResponse<String> refused = admin.get(RoomReader.address(room, transport, ""));
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
            assertThat(WeirClient.parse(refused.body()).path("code").asText()).isEqualTo("too-many-connections");
        }
        try (RoomReader refused = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            await().atMost(Duration.ofSeconds(10)).until(refused::ended);
            assertThat(refused.others())
                    .extracting((JsonNode it) -> it.path("code").asText())
                    .containsExactly("too-many-connections");
        }

        readers.removeFirst().close();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> admin.get(RoomReader.address(room, Transport.LONG_POLLING, ""))
                                .statusCode()
                        == 200);
        readers.forEach(RoomReader::close);
    }
}
