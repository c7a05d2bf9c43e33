package dev.weir.it;

import static dev.weir.it.WeirClient.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Ids;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two nodes that carry clients, the first and the second, and two that run turns, the third and the fourth. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RolesIT {

    private static final int MANY = 150;
    private static final String WORDS =
            IntStream.rangeClosed(1, MANY).mapToObj(it -> "word" + it).collect(Collectors.joining(" "));

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirCluster cluster;

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirClient one;

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirClient two;

    /** The node that runs turns and is left when the other has been killed. */
    private static int last = 4;

    @BeforeAll
    static void start() {
        Map<String, String> edge = Map.of("weir.node.roles", "edge");
        Map<String, String> inference = Map.of("weir.node.roles", "inference");
        cluster = WeirCluster.start(
                4,
                Map.of(
                        "weir.interceptors.redact.mode", "off",
                        "weir.interceptors.safety.mode", "off",
                        "weir.budget.wait", "PT1S",
                        "weir.budget.lease-tokens", "16"),
                node -> node < 3 ? edge : inference);
        List<WeirClient> clients = cluster.clients("admin");
        one = clients.get(0);
        two = clients.get(1);
        WeirCluster.awaitNodes(one, 4);
        WeirCluster.awaitNodes(two, 4);
        awaitModels(true);
    }

    private static void awaitModels(boolean there) {
        for (WeirClient client : List.of(one, two)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> models(client).contains("upstream") == there);
        }
    }

    private static List<String> models(WeirClient client) {
        List<String> names = new ArrayList<>();
        WeirClient.parse(client.get("/api/models").body())
                .path("models")
                .forEach(it -> names.add(it.path("name").asText()));
        return names;
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    /** How many answers a node writes, as it says itself. */
    private static int turns(int node) {
        return WeirClient.anonymous(cluster.node(node))
                .get("/metrics?scope=application")
                .body()
                .lines()
                .filter(it -> it.startsWith("weir_turns_running{") || it.startsWith("weir_turns_running "))
                .mapToInt(it -> (int) Double.parseDouble(it.substring(it.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The node that writes the only answer there is, which must not end before. */
    private static int writer() {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> Stream.of(3, 4).filter(it -> turns(it) == 1).toList(), it -> it.size() == 1)
                .getFirst();
    }

    /** An answer that does not end before its gate is open, whichever node asks for it. */
    private static String prompt(int pace, String gate) {
        return "[[words=" + MANY + " pace=" + pace + " hold=" + gate + "]]";
    }

    private static HttpResponse<String> complete(WeirClient client, String prompt, boolean stream) {
        ObjectNode body =
                WeirClient.JSON.createObjectNode().put("model", "upstream").put("stream", stream);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return client.call("POST", "/v1/chat/completions", body.toString());
    }

    private static String streamed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("data: [DONE]");
        return answer.body()
                .lines()
                .filter(it -> it.startsWith("data: {"))
                .map(it -> WeirClient.parse(it.substring("data: ".length()))
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("content")
                        .asText(""))
                .collect(Collectors.joining());
    }

    @Test
    @Order(1)
    void nodes_that_carry_clients_have_no_keys_and_offer_what_the_others_have() throws Exception {
        for (int edge : List.of(1, 2)) {
            String settings = Files.readString(cluster.node(edge).data().resolveSibling("weir.properties"));
            assertThat(settings).contains("weir.node.roles=edge").doesNotContain("weir.models", WeirServer.API_KEY);
        }
        JsonNode models = WeirClient.parse(one.get("/api/models").body());
        assertThat(models.path("default").asText()).isEqualTo("quick");
        assertThat(models(two)).containsExactly("quick", "careful", "coder", "upstream", "impatient");
        JsonNode remote = models.path("models").path(3);
        assertThat(remote.path("price").path("output").asText()).isEqualTo("2");
        assertThat(remote.path("contextWindow").asInt()).isPositive();
        assertThat(models.toString()).doesNotContain(WeirServer.API_KEY);
        assertThat(one.get("/v1/models").body()).contains("\"upstream\"");
    }

    @Test
    @Order(2)
    void nodes_that_run_turns_serve_nothing_to_users() {
        WeirClient client = WeirClient.withCookie(cluster.node(3), one.cookie());
        for (String path :
                List.of("/", "/weir.js", "/sign-in", "/api/session", "/v1/models", "/admin/", "/stream/rooms/x")) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(421);
            assertThat(answer.body()).contains("not-here");
        }
        assertThat(client.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(client.get("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    @Order(3)
    void an_answer_is_written_by_a_node_that_runs_turns_and_read_at_both_that_carry_clients() {
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.SSE)) {
            here.begun();
            there.begun();

            String gate = Ids.next();
            String turn = turn(here.prompt(prompt(20, gate), "upstream"));
            assertThat(writer()).isIn(3, 4);
            assertThat(turns(1) + turns(2)).isZero();
            cluster.upstream().release(gate);

            assertThat(here.answer(turn).text).isEqualTo(WORDS);
            assertThat(there.answer(turn).text).isEqualTo(WORDS);
            assertThat(there.conversation()).isEqualTo(here.conversation());
            here.assertWhole();
            there.assertWhole();
        }
    }

    @Test
    @Order(4)
    void clients_of_openai_are_answered_too() {
        assertThat(streamed(complete(one, "[[words=" + MANY + " pace=2]]", true)))
                .isEqualTo(WORDS);
        HttpResponse<String> whole = complete(two, "[[say=\"All at once.\"]]", false);
        assertThat(WeirClient.parse(whole.body())
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asText())
                .as(whole.body())
                .isEqualTo("All at once.");
    }

    @Test
    @Order(5)
    void a_stop_from_another_node_closes_the_connection_to_the_provider() {
        String room = one.room("upstream");
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET);
                RoomReader there = RoomReader.follow(two, room, Transport.WEBSOCKET)) {
            here.begun();
            there.begun();
            String turn = turn(here.prompt("[[words=20 hold=" + Ids.next() + "]]", "upstream"));
            there.writing(turn, 20);

            there.send(WeirClient.commandOf("stop").put("turn", turn).toString());

            assertThat(here.ended(turn).path("outcome").asText()).isEqualTo("stopped");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> cluster.upstream().answering() == 0);
            String again = turn(here.command(WeirClient.commandOf("continue").put("message", here.answer(turn).id)));
            assertThat(again).isNotEqualTo(turn);
            turn(there.command(WeirClient.commandOf("stop").put("turn", again)));
            assertThat(here.ended(again).path("outcome").asText()).isEqualTo("stopped");
        }
    }

    private static JsonNode budget(String unit, int limit, String atLimit) {
        JsonNode budget = one.budget(WeirClient.JSON
                .createObjectNode()
                .put("name", "Small")
                .put("unit", unit)
                .put("limit", limit)
                .put("period", "month")
                .put("at-limit", atLimit));
        awaitKnown(budget, true);
        return budget;
    }

    /** All nodes know of a budget, or know no more of it. */
    private static void awaitKnown(JsonNode budget, boolean known) {
        String label = "budget=\"" + budget.path("id").asText() + "\"";
        for (int node = 1; node <= 4; node++) {
            Scrape metrics = new Scrape(cluster.node(node));
            await().atMost(Duration.ofSeconds(30)).until(() -> metrics.has("weir_budget_limit", label) == known);
        }
    }

    private static void delete(JsonNode budget) {
        HttpResponse<String> deleted =
                two.call("DELETE", "/api/budgets/" + budget.path("id").asText(), null);
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
        awaitKnown(budget, false);
    }

    /** Both nodes that carry clients say the same of what was charged, and that nothing is held any more. */
    private static void assertCharged(JsonNode budget, long charged) {
        for (WeirClient client : List.of(one, two)) {
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                JsonNode now = client.now(budget);
                assertThat(now.path("held").asLong()).isZero();
                assertThat(now.path("charged").asLong()).isEqualTo(charged);
            });
        }
    }

    @Test
    @Order(6)
    void who_has_nothing_left_is_refused_where_he_asks() {
        JsonNode budget = budget("tokens", 3, "cut");
        String room = one.room("upstream");
        for (WeirClient client : List.of(one, two)) {
            HttpResponse<String> openai = complete(client, "How are you today, my friend?", true);
            assertThat(openai.statusCode()).as(openai.body()).isEqualTo(429);
            assertThat(WeirClient.parse(openai.body())
                            .path("error")
                            .path("code")
                            .asText())
                    .isEqualTo("insufficient_quota");
            HttpResponse<String> rest = client.call(
                    "POST", "/api/rooms/" + room + "/messages", "{\"text\":\"How are you today, my friend?\"}");
            assertThat(rest.statusCode()).as(rest.body()).isEqualTo(429);
            assertThat(WeirClient.parse(rest.body()).path("code").asText()).isEqualTo("over-budget");
            JsonNode error = client.prompt(room, "How are you today, my friend?");
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.toString()).contains("over-budget").contains("3 tokens");
        }
        assertThat(two.get("/api/rooms/" + room + "/events").body()).doesNotContain("my friend");
        assertCharged(budget, 0);
        delete(budget);
    }

    @Test
    @Order(7)
    void the_node_that_writes_an_answer_keeps_to_the_budget_of_who_asked() {
        JsonNode small = budget("output-tokens", 60, "cut");
        JsonNode cut =
                WeirClient.parse(complete(one, "[[words=400 pace=3]]", false).body());
        assertThat(cut.path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
        long output = cut.path("usage").path("completion_tokens").asLong();
        assertThat(output).isBetween(44L, 70L);
        assertCharged(small, output);
        delete(small);

        JsonNode large = budget("output-tokens", 1000, "degrade:quick@0.5");
        complete(two, "[[words=5 usage=5,600]]", false);
        assertCharged(large, 600);
        JsonNode other = WeirClient.parse(complete(one, "Hello", false).body());
        assertThat(other.path("model").asText()).isEqualTo("quick");
        delete(large);
    }

    @Test
    @Order(8)
    void answers_go_on_at_the_other_node_when_the_one_that_writes_them_is_killed() {
        String room = one.room("upstream");
        int killed;
        try (RoomReader here = RoomReader.follow(one, room, Transport.WEBSOCKET)) {
            here.begun();
            String gate = Ids.next();
            String turn = turn(here.prompt(prompt(40, gate), "upstream"));
            here.writing(turn, 200);
            killed = writer();

            cluster.node(killed).kill();
            cluster.upstream().release(gate);

            assertThat(here.ended(turn).path("outcome").asText()).isEqualTo("complete");
            assertThat(here.answer(turn).text).isEqualTo(WORDS);
            assertThat(here.events("notice")).hasSize(1);
            here.assertWhole();
        }
        cluster.node(killed).launch();
        WeirCluster.awaitNodes(one, 4);
    }

    @Test
    @Order(9)
    void a_completion_goes_on_too() {
        String gate = Ids.next();
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> complete(two, prompt(40, gate), true), Thread::startVirtualThread);
        int writer = writer();

        cluster.node(writer).kill();
        cluster.upstream().release(gate);
        last = writer == 3 ? 4 : 3;

        assertThat(answer)
                .succeedsWithin(Duration.ofSeconds(60))
                .satisfies(it -> assertThat(streamed(it)).isEqualTo(WORDS));
    }

    @Test
    @Order(10)
    void says_so_when_no_node_that_runs_turns_is_there() {
        cluster.node(last).kill();
        WeirCluster.awaitNodes(one, 2);
        awaitModels(false);
        String room = one.room("");

        JsonNode refused = one.command(
                room,
                WeirClient.commandOf("prompt").put("text", "Is anybody there?").put("model", "upstream"));
        assertThat(refused.path("type").asText()).isEqualTo("error");
        assertThat(refused.path("code").asText()).isEqualTo("not-served");
        assertThat(refused.path("detail").asText()).contains("upstream");
        HttpResponse<String> rest = one.call(
                "POST", "/api/rooms/" + room + "/messages", "{\"text\":\"Is anybody there?\",\"model\":\"upstream\"}");
        assertThat(rest.statusCode()).isEqualTo(503);
        assertThat(rest.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(WeirClient.parse(rest.body()).path("code").asText()).isEqualTo("not-served");
        HttpResponse<String> openai = complete(one, "Is anybody there?", true);
        assertThat(openai.statusCode()).isEqualTo(503);
        assertThat(WeirClient.parse(openai.body()).path("error").path("code").asText())
                .isEqualTo("model_not_served");
        assertThat(Stream.of(refused.toString(), rest.body(), openai.body()))
                .allSatisfy(it -> assertThat(it).contains("can be reached right now"));

        cluster.node(last).launch();
        awaitModels(true);
        assertThat(streamed(complete(one, "[[say=\"Yes.\"]]", true))).isEqualTo("Yes.");
    }
}
