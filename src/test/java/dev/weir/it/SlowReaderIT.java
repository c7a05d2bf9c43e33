package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.upstream.Script;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers that do not read: they hold up nobody, cost no memory that grows, and miss nothing when they come back. */
final class SlowReaderIT {

    private static final int SLOW = 40;
    private static final int ANSWERS = 40;

    /** Words of one answer: some 150 kB of text. */
    private static final int WORDS = 17_000;

    /**
     * Bytes that one slow reader may cost. All that was sent to each of them is about 19 MB; the bound of 4 Mi characters
     * on a connection, with what the server keeps beside each piece, must stay well below.
     */
    private static final long MOST_FOR_ONE = 9_000_000;

    /** Bytes that the answers themselves may cost, once: the room's window, the audit's queue, the database's cache. */
    private static final long MOST_FOR_THE_ANSWERS = 40_000_000;

    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern CURSOR = Pattern.compile("\"cursor\":\"([0-9-]+)\"");

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");

    @ParameterizedTest
    @EnumSource(names = {"WEBSOCKET", "SSE"})
    void a_reader_that_does_not_read_holds_up_nobody(Transport transport) throws Exception {
        String room = admin.room("upstream");
        List<Socket> slow = new ArrayList<>();
        try (RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            List<String> cursors = new ArrayList<>();
            for (int i = 0; i < SLOW; i++) {
                Socket socket = connect(room, transport);
                slow.add(socket);
                cursors.add(firstCursor(socket));
            }
            long before = heapUsed();

            for (int i = 0; i < ANSWERS; i++) {
                String turn = admin.prompt(room, "[[words=" + WORDS + "]]")
                        .path("turn")
                        .asText();
                answered(reader, turn);
            }

            assertThat(heapUsed() - before).isLessThan(SLOW * MOST_FOR_ONE + MOST_FOR_THE_ANSWERS);
            comes_back_and_misses_nothing(room, cursors.get(0), reader);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** So few that they are sent to by the thread that reads from the provider, at a pace at which that is done. */
    @Test
    void a_few_readers_that_do_not_read_hold_up_nobody_either() throws Exception {
        String delta = "some words ".repeat(100);
        int deltas = 150;
        String room = admin.room("upstream");
        try (Socket one = connect(room, Transport.WEBSOCKET);
                Socket two = connect(room, Transport.WEBSOCKET);
                RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET)) {
            reader.begun();
            firstCursor(one);
            firstCursor(two);

            for (int i = 0; i < 16; i++) {
                server.upstream()
                        .answer(Script.begin()
                                .repeat(delta, deltas, Duration.ofMillis(4))
                                .finish("stop")
                                .done());
                String turn = admin.prompt(room, "At a pace.").path("turn").asText();
                answered(reader, turn);
                assertThat(reader.answer(turn).text).isEqualTo(delta.repeat(deltas));
            }
        }
    }

    /** Waits for an answer; a connection that has carried its share ends, and a client comes back. */
    private static void answered(RoomReader reader, String turn) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (reader.ended()) {
                reader.resume(Transport.WEBSOCKET);
            }
            return reader.find(it -> it.turn.equals(turn) && it.outcome().equals("complete"))
                    .isPresent();
        });
    }

    /** The newest answers, that is: a snapshot leaves out what is too long ago, and says so. */
    private void comes_back_and_misses_nothing(String room, String cursor, RoomReader other) {
        List<String> all = other.conversation();
        try (RoomReader back = RoomReader.followFrom(admin, room, Transport.SSE, cursor)) {
            back.begun();
            List<String> seen = back.conversation();
            assertThat(seen).isNotEmpty().isEqualTo(all.subList(all.size() - seen.size(), all.size()));
        }
    }

    /** A connection with a small window, as a program on a bad line has it. */
    private Socket connect(String room, Transport transport) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        List<String> lines = new ArrayList<>(List.of(
                "GET " + RoomReader.address(room, transport, "") + " HTTP/1.1",
                "Host: 127.0.0.1:" + server.port(),
                "Cookie: " + admin.cookie(),
                "Origin: " + admin.origin()));
        if (transport == Transport.WEBSOCKET) {
            lines.addAll(List.of(
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="));
        }
        String request = String.join("\r\n", lines) + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Reads up to the first cursor, and then no more. */
    private static String firstCursor(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (true) {
            int next = in.read();
            assertThat(next).as("connection closed after: " + read).isNotNegative();
            read.append((char) next);
            Matcher matcher = CURSOR.matcher(read);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
    }

    /** What the server's heap holds after a collection, in bytes. */
    private long heapUsed() throws Exception {
        jcmd("GC.run");
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        Matcher matcher = USED.matcher(jcmd("GC.heap_info"));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1)) * 1024;
    }

    private String jcmd(String command) throws Exception {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(server.pid()), command)
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }
}
