package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Three nodes of the product with one database and budgets that all their answers share: whatever happens to answers and
 * nodes, the books balance to the token and to the millionth of a dollar.
 */
final class BudgetClusterIT {

    private static final int ROOMS = 200;
    private static final Duration LONG = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirCluster cluster;

    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeAll
    static void start() {
        cluster = WeirCluster.start(3, Map.of("weir.budget.wait", "PT1S", "weir.budget.lease-tokens", "16"));
    }

    @AfterAll
    static void end() {
        cluster.close();
        THREADS.close();
    }

    private final List<WeirClient> admins = cluster.clients("admin");

    private WeirClient admin(int node) {
        return admins.get(node - 1);
    }

    private static JsonNode parse(HttpResponse<String> response) {
        return WeirClient.parse(response.body());
    }

    private JsonNode budget(String unit, Object limit, Map<String, String> scope) {
        ObjectNode body = WeirClient.JSON.createObjectNode();
        body.put("name", unit + " for " + scope).put("unit", unit).put("period", "month");
        body.set("limit", WeirClient.JSON.valueToTree(limit));
        body.set("scope", WeirClient.JSON.valueToTree(scope));
        return admin(1).budget(body);
    }

    private JsonNode now(JsonNode budget, int node) {
        return admin(node).now(budget);
    }

    /** Everything that a room's answers have used, by their own words. */
    private static List<JsonNode> answers(WeirClient client, String room) {
        JsonNode frame = parse(client.get("/api/rooms/" + room + "/events"));
        return StreamSupport.stream(frame.path("events").spliterator(), false)
                .filter(it -> it.path("type").asText().equals("message")
                        && it.hasNonNull("usage")
                        && it.hasNonNull("outcome"))
                .toList();
    }

    private record Asked(String room, String turn) {}

    private Asked ask(WeirClient client, String room, String text) {
        JsonNode ack = client.command(
                room, WeirClient.commandOf("prompt").put("text", text).put("model", "upstream"));
        return new Asked(room, ack.path("turn").asText());
    }

    @Test
    void the_books_balance_whatever_happens() {
        List<WeirClient> annas = cluster.clients("anna");
        List<WeirClient> bens = cluster.clients("ben");
        String anna = parse(annas.getFirst().get("/api/session"))
                .path("user")
                .path("id")
                .asText();
        JsonNode all = budget("tokens", 14_000, Map.of());
        JsonNode dollars = budget("usd", "1", Map.of());
        JsonNode hers = budget("output-tokens", 3_000, Map.of("user", anna));
        JsonNode model = budget("concurrent-turns", 400, Map.of("model", "upstream"));
        List<JsonNode> budgets = List.of(all, dollars, hers, model);

        Random random = new Random(7);
        List<CompletableFuture<Asked>> asked = new ArrayList<>();
        List<String> rooms = new ArrayList<>();
        List<WeirClient> owners = new ArrayList<>();
        for (int i = 0; i < ROOMS; i++) {
            List<WeirClient> clients = i % 3 == 0 ? annas : bens;
            WeirClient client = clients.get(i % 3);
            String room = client.room("upstream");
            rooms.add(room);
            owners.add(clients.getFirst());
            String end = i % 7 == 3 ? " end=reset" : i % 7 == 5 ? " end=cut" : "";
            String usage = i % 5 == 1 ? " usage=20,150" : "";
            String text =
                    "[[words=" + (10 + random.nextInt(200)) + " pace=" + (5 + random.nextInt(40)) + usage + end + "]]";
            boolean stopped = i % 6 == 4;
            asked.add(CompletableFuture.supplyAsync(
                    () -> {
                        Asked one = ask(client, room, text);
                        if (stopped && !one.turn().isEmpty()) {
                            client.stop(room, one.turn());
                        }
                        return one;
                    },
                    THREADS));
        }
        await().atMost(LONG)
                .until(() -> asked.stream().filter(CompletableFuture::isDone).count() > ROOMS / 2);
        cluster.node(2).kill();
        asked.forEach(it -> it.exceptionally(gone -> new Asked("", "")).join());

        for (int node : List.of(1, 3)) {
            WeirCluster.awaitNodes(admin(node), 2);
            await().atMost(LONG)
                    .untilAsserted(() -> budgets.forEach(
                            budget -> assertThat(now(budget, node).path("held").asText())
                                    .as(budget.path("name").asText())
                                    .isIn("0")));
        }
        // An answer is charged before its end is in the log.
        await().atMost(LONG).untilAsserted(() -> {
            long[] used = used(owners, rooms);
            assertThat(now(all, 3).path("charged").asLong()).isEqualTo(used[0]);
            assertThat(dollarsOf(now(dollars, 3))).isEqualTo(used[1]);
            assertThat(now(hers, 3).path("charged").asLong()).isEqualTo(used[2]);
        });
        long[] used = used(owners, rooms);
        assertThat(used[0]).isPositive();
        for (JsonNode budget : List.of(all, hers)) {
            JsonNode end = now(budget, 1);
            assertThat(end.path("charged").asLong() - end.path("corrected").asLong())
                    .isLessThanOrEqualTo(end.path("limit").asLong());
        }
        // Each node writes its bills now and then.
        await().atMost(LONG).untilAsserted(() -> {
            JsonNode usage = parse(admin(1).get("/api/usage")).path("usage").path(0);
            assertThat(usage.path("input-tokens").asLong()
                            + usage.path("output-tokens").asLong())
                    .isEqualTo(used[0]);
        });

        cluster.node(2).launch();
        WeirCluster.awaitNodes(admin(2), 3);
        assertThat(now(all, 2).path("charged").asLong()).isEqualTo(used[0]);
    }

    /** Tokens, micros, and output tokens of every third room. */
    private static long[] used(List<WeirClient> owners, List<String> rooms) {
        long[] used = new long[3];
        for (int i = 0; i < ROOMS; i++) {
            for (JsonNode answer : answers(owners.get(i), rooms.get(i))) {
                JsonNode usage = answer.path("usage");
                long output = usage.path("outputTokens").asLong();
                used[0] += usage.path("inputTokens").asLong() + output;
                used[1] += usage.path("costMicros").asLong();
                used[2] += i % 3 == 0 ? output : 0;
            }
        }
        return used;
    }

    private static long dollarsOf(JsonNode budget) {
        return new BigDecimal(budget.path("charged").asText()).movePointRight(6).longValueExact();
    }
}
