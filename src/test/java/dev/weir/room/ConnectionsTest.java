package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Cursor;
import dev.weir.log.Frame;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private final Connections connections = new Connections();

    private Connections.Totals of(String transport) {
        return connections.totals().stream()
                .filter(it -> it.transport().equals(transport))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void counts_a_connection_until_it_is_closed_once() {
        Connections.Open first = connections.open(Connections.SSE);
        connections.open(Connections.WEBSOCKET);
        first.close();
        first.close();

        assertThat(of(Connections.SSE).open()).isZero();
        assertThat(of(Connections.SSE).opened()).isOne();
        assertThat(connections.count()).isOne();
    }

    @Test
    void counts_a_snapshot_as_a_replay() {
        Connections.Open open = connections.open(Connections.REST_SSE);
        Frame frame = Frame.heartbeat(Cursor.START);
        open.sent(frame);
        open.sent(new Frame(Cursor.START, "{}", true));

        assertThat(of(Connections.REST_SSE).frames()).isEqualTo(2);
        assertThat(of(Connections.REST_SSE).replays()).isOne();
        assertThat(of(Connections.REST_SSE).characters()).isEqualTo(frame.json().length() + 2L);
    }

    @Test
    void counts_an_unknown_transport_as_other() {
        connections.open("pigeon");
        assertThat(of(Connections.OTHER).open()).isOne();
        assertThat(connections.totals()).noneMatch(it -> it.transport().equals("pigeon"));
    }
}
