package dev.weir.api.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class ClientTest {

    private static final byte[] SIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final KernelConnections connections = new KernelConnections();
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("::"));
    private final Socket far = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.getLocalPort());
    private final Socket near = server.accept();
    private final Client client =
            new Client(connections, near.getLocalPort(), near.getInetAddress().getHostAddress(), near.getPort());

    ClientTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        far.close();
        near.close();
        server.close();
    }

    private void untilGone() {
        await().atMost(Duration.ofSeconds(5)).until(client::hasGone);
    }

    @Test
    void is_there_while_its_connection_stands() {
        assertThat(client.hasGone()).isFalse();
        assertThat(client.hasGone()).isFalse();
    }

    @Test
    void has_gone_when_it_closes_even_before_anybody_looked() throws IOException {
        far.close();
        untilGone();
    }

    @Test
    void has_gone_when_it_closes_its_half() throws IOException {
        assertThat(client.hasGone()).isFalse();
        far.shutdownOutput();
        untilGone();
    }

    @Test
    void has_gone_when_it_resets_the_connection() throws IOException {
        assertThat(client.hasGone()).isFalse();
        far.setSoLinger(true, 0);
        far.close();
        untilGone();
    }

    @Test
    void has_gone_over_ipv6_as_well() throws IOException {
        try (Socket six = new Socket(InetAddress.getByAddress(SIX), server.getLocalPort());
                Socket end = server.accept()) {
            Client there = new Client(connections, end.getLocalPort(), "0:0:0:0:0:0:0:1", end.getPort());
            assertThat(there.hasGone()).isFalse();
            six.shutdownOutput();
            await().atMost(Duration.ofSeconds(5)).until(there::hasGone);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "client.example", "unknown", "", "fe80::1"})
    void is_there_as_far_as_is_known_when_its_address_is_another(String address) {
        Client elsewhere = new Client(connections, near.getLocalPort(), address, near.getPort());
        assertThat(elsewhere.hasGone()).isFalse();
        assertThat(elsewhere.hasGone()).isFalse();
        assertThat(elsewhere.hasGone()).isFalse();
    }
}
