package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.store.DatabaseSettings;
import dev.weir.upstream.Script;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL that is stopped while answers are written, and started again on the same data. */
final class DatabaseAwayIT {

    private static final Duration AWAY = Duration.ofSeconds(15);
    private static final int WORDS = 600;

    @SuppressWarnings("NullAway.Init") // by start()
    private static Path data;

    @SuppressWarnings("NullAway.Init") // by start()
    private static EmbeddedPostgres postgres;

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirServer server;

    private static int port;

    @BeforeAll
    static void start() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        data = Files.createTempDirectory("weir-postgres");
        postgres = postgres();
        DatabaseSettings database =
                DatabaseSettings.of("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "postgres");
        server = WeirServer.start(Map.of(
                "weir.database.url", database.url(),
                "weir.database.user", database.user(),
                "weir.database.password", database.password()));
    }

    private static EmbeddedPostgres postgres() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        postgres.close();
    }

    private static int ready() {
        return WeirClient.anonymous(server).get("/health/ready").statusCode();
    }

    /** Somebody who reads an answer. */
    private record Reading(RoomReader reader, String turn) {

        static Reading of(WeirClient client, Script script) {
            RoomReader reader = RoomReader.follow(client, client.room("upstream"), Transport.WEBSOCKET);
            reader.begun();
            server.upstream().answer(script);
            String turn =
                    reader.prompt("Count, please.", "upstream").path("turn").asText();
            reader.writing(turn, 20);
            return new Reading(reader, turn);
        }

        int length() {
            return reader.writing(turn, 1).text.length();
        }

        String answer() {
            return reader.answer(turn, Duration.ofMinutes(3)).text;
        }

        void assertComplete() {
            assertThat(reader.ended(turn).path("outcome").asText()).isEqualTo("complete");
            assertThat(reader.events("turn-ended")).hasSize(1);
            reader.assertWhole();
        }
    }

    @Test
    void answers_go_on_meanwhile_and_all_of_it_is_kept_once_it_is_back() throws IOException {
        WeirClient admin = server.client("admin");
        Reading lasting = Reading.of(
                admin,
                Script.begin()
                        .repeat("one more word ", WORDS, Duration.ofMillis(60))
                        .finish("stop")
                        .done());
        Reading ending = Reading.of(
                admin,
                Script.begin()
                        .deltas("It begins and waits here. ")
                        .hold("meanwhile")
                        .deltas("It ends while the database is away.")
                        .finish("stop")
                        .done());
        await().atMost(Duration.ofSeconds(30)).until(() -> ready() == 200);

        postgres.close();
        long since = System.nanoTime();
        await().atMost(Duration.ofSeconds(60)).until(() -> ready() == 503);
        int before = lasting.length();
        server.upstream().release("meanwhile");
        assertThat(ending.answer()).endsWith("while the database is away.");
        lasting.reader().writing(lasting.turn(), before + 400);
        await().atMost(Duration.ofSeconds(60)).until(() -> System.nanoTime() - since > AWAY.toNanos());
        postgres = postgres();

        await().atMost(Duration.ofSeconds(90)).until(() -> ready() == 200);
        assertThat(lasting.answer()).isEqualTo("one more word ".repeat(WORDS));
        Map<String, List<String>> seen = new LinkedHashMap<>();
        for (Reading it : List.of(lasting, ending)) {
            it.assertComplete();
            seen.put(it.reader().room(), it.reader().conversation());
            it.reader().close();
        }
        server.restart();
        WeirClient again = server.client("admin");
        seen.forEach(
                (room, conversation) -> assertThat(conversation(again, room)).isEqualTo(conversation));
    }

    private static List<String> conversation(WeirClient client, String room) {
        try (RoomReader reader = RoomReader.follow(client, room, Transport.WEBSOCKET)) {
            reader.begun();
            return reader.conversation();
        }
    }
}
