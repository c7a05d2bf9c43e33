package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.upstream.Script;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A user who has the right to be forgotten, on two nodes with PostgreSQL: what is left of them, and where. */
final class ErasureIT {

    private static final String SAID = "Kieselgurfilter-4711";
    private static final String ANSWERED = "Diatomeenschlamm-0815";
    private static final String BEGUN = "Halbfertigbeton-1234";
    private static final List<String> GONE = List.of(SAID, ANSWERED, BEGUN, "Annegret Nachname");

    /** Of a text in the data grid: hash, type and length stand before it. */
    private static final int LONGEST_HEADER = 24;

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirCluster cluster;

    @BeforeAll
    static void start() {
        cluster = WeirCluster.start(2, Map.of());
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    private static String user(WeirClient admin, String login) {
        JsonNode users = WeirClient.parse(admin.get("/api/users").body()).path("users");
        for (JsonNode user : users) {
            if (user.path("login").asText().equals(login)) {
                return user.path("id").asText();
            }
        }
        throw new IllegalStateException("There is no " + login);
    }

    @Test
    void who_is_erased_is_nowhere_any_more() throws Exception {
        List<WeirClient> annas = cluster.clients("anna");
        List<WeirClient> bens = cluster.clients("ben");
        WeirClient admin = WeirClient.withKey(cluster.node(1), WeirServer.ADMIN_KEY);
        String anna = user(admin, "anna");
        admin.call("PATCH", "/api/users/" + anna, "{\"name\":\"Annegret Nachname\"}");
        WeirCluster.awaitNodes(WeirClient.withKey(cluster.node(2), WeirServer.ADMIN_KEY), 2);
        String own = annas.get(0).room("upstream");
        String room = bens.get(0).room("upstream");
        bens.get(0).addMember(room, "anna");
        cluster.upstream().firstOf(body -> script(body));
        try (RoomReader alone = RoomReader.follow(annas.get(0), own, Transport.WEBSOCKET);
                RoomReader hers = RoomReader.follow(annas.get(0), room, Transport.WEBSOCKET);
                RoomReader bens1 = RoomReader.follow(bens.get(0), room, Transport.SSE);
                RoomReader bens2 = RoomReader.follow(bens.get(1), room, Transport.WEBSOCKET)) {
            List.of(alone, hers, bens1, bens2).forEach(RoomReader::begun);
            alone.answer(alone.prompt("Alone: " + SAID, "upstream").path("turn").asText());
            hers.answer(
                    hers.prompt("Together: " + SAID, "upstream").path("turn").asText());
            bens2.answer(
                    bens2.prompt("Bens own question", "upstream").path("turn").asText());
            String live =
                    hers.prompt("Hold it: " + SAID, "upstream").path("turn").asText();
            bens2.writing(live, BEGUN.length());
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(cluster.database()).contains(SAID, ANSWERED, "Annegret Nachname"));

            HttpResponse<String> erased = admin.call("POST", "/api/users/" + anna + "/erasure", null);

            assertThat(erased.statusCode()).as(erased.body()).isEqualTo(200);
            assertThat(WeirClient.parse(erased.body()).path("messages").asInt()).isGreaterThanOrEqualTo(4);
            await().until(() -> cluster.upstream().answering() == 0);
            assertBenGoesOn(bens1);
            assertBenGoesOn(bens2);
            assertThat(annas.get(1).get("/api/rooms").statusCode()).isEqualTo(401);
            await().atMost(Duration.ofSeconds(30)).until(() -> hers.ended() && alone.ended());
            // Not before: a node whose heap is written down stands still, and may count as gone.
            assertThat(held(memory(bens.get(1), 2), "Bens own question")).isNotEmpty();
            awaitNothingHeld(bens.get(1), 2);
            awaitNothingHeld(bens.get(0), 1);
        }
        assertThat(bens.get(0).get("/api/rooms/" + room).body()).contains("\"name\":\"\"");
        assertNothingIn("database", cluster.database());
        assertThat(verify()).contains("The audit is whole.").containsPattern("[1-9]\\d* with an erased text");
        WeirCluster.awaitNodes(admin, 2);
        HttpResponse<String> again = admin.call("POST", "/api/users/" + anna + "/erasure", null);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(admin.get("/api/users/" + anna + "/erasure").body()).contains("\"finished\"");
    }

    /** Both nodes write a chain, each with a key of its own. */
    private static String verify() throws IOException {
        Path one = cluster.node(1).data();
        Process process = new ProcessBuilder(
                        "./weir",
                        "audit",
                        "verify",
                        "--war",
                        WeirServer.builtWar().toString(),
                        "--config",
                        one.resolveSibling("weir.properties").toString(),
                        "--data",
                        one.toString(),
                        "--key",
                        cluster.node(2).data().resolve("audit/key").toString())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Optional<Script> script(String body) {
        String last = body.substring(body.lastIndexOf("\"content\""));
        if (last.contains("Hold it")) {
            return Optional.of(
                    Script.begin().deltas(BEGUN, " and a little more ").hang());
        }
        return Optional.of(Script.answer(last.contains(SAID) ? ANSWERED : "Bens own answer"));
    }

    /** Has a snapshot without her, and the room takes what he says. */
    private static void assertBenGoesOn(RoomReader reader) {
        reader.until(
                "a snapshot without her",
                () -> Optional.of(reader.conversation())
                        .filter(it -> GONE.stream().noneMatch(it.toString()::contains)));
        assertThat(reader.conversation().toString()).contains("Bens own question", "Bens own answer");
    }

    private static void assertNothingIn(String where, String text) {
        assertThat(GONE)
                .allSatisfy(it ->
                        assertThat(text.contains(it)).as(it + " in " + where).isFalse());
    }

    /** What was under way at that moment may hold it a little longer. */
    private static void awaitNothingHeld(WeirClient client, int node) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> {
                    String memory = memory(client, node);
                    assertThat(GONE)
                            .allSatisfy(it -> assertThat(held(memory, it))
                                    .as("%s in node %d", it, node)
                                    .isEmpty());
                });
    }

    /**
     * What objects have of a text, strings and items of the data grid alike. Buffers of connections don't count: they keep
     * what went through them last, behind what is in them now.
     */
    private static List<String> held(String memory, String text) {
        List<String> held = new ArrayList<>();
        for (int at = memory.indexOf(text); at >= 0; at = memory.indexOf(text, at + 1)) {
            int start = at;
            while (memory.charAt(start - 1) >= ' ' || Character.isWhitespace(memory.charAt(start - 1))) {
                start--;
            }
            if (beginsAnArray(memory, start)) {
                held.add(memory.substring(start, Math.min(memory.length(), at + 200)));
            }
        }
        return held;
    }

    /** In a heap dump, an array of bytes is: #, id (8), trace (4), length (4), the type 8, the bytes. */
    private static boolean beginsAnArray(String memory, int start) {
        for (int before = 0; before <= LONGEST_HEADER; before++) {
            int type = start - before - 1;
            if (memory.charAt(type) == 8 && memory.charAt(type - 17) == '#') {
                return true;
            }
        }
        return false;
    }

    /** After some traffic, for buffers of connections keep the last that went through them. */
    private static String memory(WeirClient client, int node) throws Exception {
        String other = client.room("quick");
        for (int i = 0; i < 5; i++) {
            client.prompt(other, "Something long, please. " + "0123456789".repeat(2000));
            client.get("/api/rooms/" + other + "/messages");
        }
        return cluster.node(node).liveMemory();
    }
}
