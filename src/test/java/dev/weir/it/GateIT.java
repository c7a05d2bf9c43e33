package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the gate does in the real server, above all to WebSockets, which the server's own filters take out of the chain. */
class GateIT {

    private final WeirServer server = WeirServer.shared();
    private final WeirClient anna = server.client("anna");
    private String room = "";

    @BeforeEach
    void makes_a_room() {
        room = anna.room("quick");
    }

    @Test
    void opens_a_web_socket_for_our_own_page() throws IOException {
        assertThat(upgrade("Cookie: " + anna.cookie(), "Origin: " + own())).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void opens_a_web_socket_for_a_program_that_is_no_browser() throws IOException {
        assertThat(upgrade("Cookie: " + anna.cookie())).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void opens_no_web_socket_for_another_site() throws IOException {
        assertThat(upgrade("Cookie: " + anna.cookie(), "Origin: http://evil.example"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(upgrade("Cookie: " + anna.cookie(), "Origin: http://127.0.0.1:" + (server.port() + 1)))
                .startsWith("HTTP/1.1 403 ");
        assertThat(upgrade("Cookie: " + anna.cookie(), "Origin: null")).startsWith("HTTP/1.1 403 ");
        assertThat(upgrade("Cookie: " + anna.cookie(), "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403 ");
    }

    @Test
    void opens_no_web_socket_without_a_sign_in() throws IOException {
        assertThat(upgrade("Origin: " + own())).startsWith("HTTP/1.1 401 ");
        assertThat(upgrade("Cookie: weir-session=" + "x".repeat(43))).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void opens_no_web_socket_for_somebody_elses_room() throws IOException {
        assertThat(upgrade("Cookie: " + server.client("ben").cookie(), "Origin: " + own()))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void does_not_say_which_server_it_is_and_never_shows_a_stack() throws IOException {
        for (String path : List.of("/", "/nothing", "/api/nothing", "/WEB-INF/web.xml", "/api/rooms/%00")) {
            String answer = ask("GET " + path + " HTTP/1.1", "Cookie: " + anna.cookie(), "Connection: close");

            assertThat(answer).doesNotContainIgnoringCase("\nServer:").doesNotContain("Payara", "\tat ", "Exception");
        }
    }

    private String own() {
        return "http://127.0.0.1:" + server.port();
    }

    private String upgrade(String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.addAll(List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        return ask(
                "GET /stream/rooms/" + room + "?X-Atmosphere-Transport=websocket&X-Atmosphere-tracking-id=0 HTTP/1.1",
                lines.toArray(String[]::new));
    }

    /** The answer as far as its headers go, and its body where the server ends the connection after it. */
    private String ask(String first, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            String head = first + "\r\nHost: 127.0.0.1:" + server.port() + "\r\n" + String.join("\r\n", headers);
            socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            boolean all = List.of(headers).contains("Connection: close");
            StringBuilder answer = new StringBuilder();
            for (String line = in.readLine(); line != null && (all || !line.isEmpty()); line = in.readLine()) {
                answer.append(line).append('\n');
            }
            return answer.toString();
        }
    }
}
