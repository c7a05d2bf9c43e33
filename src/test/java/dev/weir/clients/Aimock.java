package dev.weir.clients;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** npm's aimock as an OpenAI-compatible provider on 127.0.0.1, with the fixtures of {@code aimock.json}. */
final class Aimock implements AutoCloseable {

    private final int port = freePort();
    private final Process process;

    Aimock() {
        try {
            process = new ProcessBuilder(
                            "node",
                            "node_modules/@copilotkit/aimock/dist/cli.js",
                            "-p",
                            Integer.toString(port),
                            "-f",
                            "aimock.json",
                            "--strict",
                            "--log-level",
                            "warn")
                    .directory(Node.home().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Node.home().resolve("aimock.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(Duration.ofSeconds(20)).until(this::listens);
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    @Override
    public void close() {
        process.destroy();
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
