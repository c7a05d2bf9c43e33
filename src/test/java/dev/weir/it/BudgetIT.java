package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Budgets of the running product, as administrators set them and callers meet them. */
final class BudgetIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirServer server;

    @BeforeAll
    static void start() {
        server = WeirServer.start(Map.of(
                "weir.budget.wait", "PT8S",
                "weir.budget.lease-tokens", "32",
                "weir.rate.requests-per-minute", "60000",
                "weir.rate.tokens-per-minute", "6000000"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private final WeirClient admin = server.client("admin");
    private final WeirClient anna = server.client("anna");
    private final Scrape metrics = new Scrape(server);

    @AfterEach
    void deleteAll() {
        for (JsonNode each : parse(admin.get("/api/budgets")).path("budgets")) {
            admin.call("DELETE", "/api/budgets/" + each.path("id").asText(), null);
        }
    }

    private static JsonNode parse(HttpResponse<String> response) {
        return WeirClient.parse(response.body());
    }

    private static ObjectNode object() {
        return WeirClient.JSON.createObjectNode();
    }

    private JsonNode budget(String unit, Object limit, String atLimit) {
        ObjectNode body = object();
        body.put("name", "Small").put("unit", unit).put("period", "month").put("at-limit", atLimit);
        body.set("limit", WeirClient.JSON.valueToTree(limit));
        return admin.budget(body);
    }

    private HttpResponse<String> complete(String text) {
        ObjectNode body = object().put("model", "upstream");
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return anna.call("POST", "/v1/chat/completions", body.toString());
    }

    private static long tokens(HttpResponse<String> completion) {
        return parse(completion).path("usage").path("total_tokens").asLong();
    }

    private void assertBalanced(JsonNode budget, long charged) {
        await().atMost(SOON).untilAsserted(() -> {
            JsonNode now = admin.now(budget);
            assertThat(now.path("held").asLong()).isZero();
            assertThat(now.path("charged").asLong()).isEqualTo(charged);
        });
    }

    @Test
    void charges_what_an_answer_says_that_it_used() {
        JsonNode budget = budget("tokens", 100_000, "cut");
        HttpResponse<String> first = complete("[[words=30 pace=1]]");
        HttpResponse<String> second = complete("[[words=20 usage=17,23]]");
        assertThat(tokens(second)).isEqualTo(40);
        assertBalanced(budget, tokens(first) + tokens(second));
    }

    @Test
    void counts_dollars_to_the_millionth() {
        JsonNode budget = budget("usd", "0.5", "cut");
        complete("[[words=5 usage=1000,1001]]");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(admin.now(budget).path("charged").asText()).isEqualTo("0.003002"));
        assertThat(admin.now(budget).path("limit").asText()).isEqualTo("0.5");
    }

    @Test
    void refuses_programs_in_the_form_of_openai() {
        budget("tokens", 3, "cut");
        HttpResponse<String> refused = complete("Hello there, how are you today?");
        assertThat(refused.statusCode()).isEqualTo(429);
        JsonNode error = parse(refused).path("error");
        assertThat(error.path("type").asText()).isEqualTo("insufficient_quota");
        assertThat(error.path("code").asText()).isEqualTo("insufficient_quota");
        assertThat(error.path("message").asText()).contains("Small").contains("There is more on");
        assertThat(error.path("resets_at").asText()).contains("T");
        assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
        assertThat(refused.headers().firstValue("x-should-retry")).isPresent();
    }

    @Test
    void refuses_people_with_the_numbers_and_the_date() {
        budget("tokens", 3, "cut");
        String room = anna.room("upstream");
        HttpResponse<String> refused =
                anna.call("POST", "/api/rooms/" + room + "/messages", "{\"text\":\"How are you today, my friend?\"}");
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
        assertThat(parse(refused).path("code").asText()).isEqualTo("over-budget");
        assertThat(parse(refused).path("budget").path("limit").asLong()).isEqualTo(3);
        assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();

        JsonNode error = anna.prompt(room, "How are you today, my friend?");
        assertThat(error.path("type").asText()).isEqualTo("error");
        assertThat(error.toString()).contains("over-budget").contains("3 tokens");
        assertThat(anna.get("/api/rooms/" + room + "/events").body()).doesNotContain("my friend");
    }

    @Test
    void cuts_an_answer_at_the_limit() {
        JsonNode budget = budget("output-tokens", 60, "cut");
        HttpResponse<String> cut = complete("[[words=400 pace=3]]");
        assertThat(parse(cut).path("choices").path(0).path("finish_reason").asText())
                .isEqualTo("length");
        long output = parse(cut).path("usage").path("completion_tokens").asLong();
        assertThat(output).isBetween(58L, 70L);
        assertBalanced(budget, output);
        await().atMost(SOON).until(() -> server.upstream().answering() == 0);
    }

    @Test
    void goes_on_when_the_limit_is_raised() {
        JsonNode budget = budget("output-tokens", 60, "cut");
        String room = anna.room("upstream");
        try (RoomReader reader = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            reader.begun();
            String turn = reader.prompt("[[words=200 pace=3]]", "upstream")
                    .path("turn")
                    .asText();
            await().atMost(SOON)
                    .until(() -> reader.events("notice").stream()
                            .anyMatch(it -> it.path("text").asText().contains("waits")));
            HttpResponse<String> raised =
                    admin.call("PATCH", "/api/budgets/" + budget.path("id").asText(), "{\"limit\":5000}");
            assertThat(raised.statusCode()).as(raised.body()).isEqualTo(200);
            JsonNode end = reader.ended(turn);
            assertThat(end.path("outcome").asText()).isEqualTo("complete");
            assertThat(reader.answer(turn).text).endsWith("word200");
            assertBalanced(budget, end.path("usage").path("outputTokens").asLong());
            assertThat(admin.now(budget).path("corrected").asLong()).isZero();
        }
    }

    @Test
    void another_model_answers_when_much_is_used() {
        budget("output-tokens", 1000, "degrade:quick@0.5");
        complete("[[words=5 usage=5,600]]");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(parse(complete("Hello")).path("model").asText())
                                .isEqualTo("quick"));
    }

    @Test
    void another_model_goes_on_in_mid_answer() {
        JsonNode budget = budgetFor("upstream");
        String room = anna.room("upstream");
        try (RoomReader reader = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
            reader.begun();
            String turn = reader.prompt("[[words=400 pace=3]]", "upstream")
                    .path("turn")
                    .asText();
            JsonNode end = reader.ended(turn);
            assertThat(end.path("outcome").asText()).isEqualTo("complete");
            assertThat(reader.answer(turn).text).startsWith("word1 word2");
            assertThat(reader.events("notice").toString()).contains("another model answers");
            reader.assertWhole();
        }
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(admin.now(budget).path("held").asLong()).isZero());
        // It goes on as soon as no further step is to be had, which is sooner or later.
        assertThat(admin.now(budget).path("charged").asLong()).isBetween(1L, 70L);
    }

    private JsonNode budgetFor(String model) {
        ObjectNode body = object();
        body.put("name", "Dear").put("unit", "output-tokens").put("limit", 60).put("period", "day");
        body.put("at-limit", "switch:careful");
        body.putObject("scope").put("model", model);
        return admin.budget(body);
    }

    @Test
    void tells_monitoring_what_it_has_charged_and_done() {
        double refused = metrics.sum("weir_budget_refusals_total", "");
        double degraded = metrics.sum("weir_budget_degradations_total", "");
        double cut = metrics.sum("weir_budget_cuts_total", "");
        double warned = metrics.sum("weir_budget_warnings_total", "");
        JsonNode tokens = budget("output-tokens", 1000, "degrade:quick@0.5");
        JsonNode dollars = budget("usd", "0.5", "cut");
        complete("[[words=5 usage=1000,600]]");
        String budget = "budget=\"" + tokens.path("id").asText() + "\"";
        String other = "budget=\"" + dollars.path("id").asText() + "\"";

        awaitMetric("weir_budget_charged", budget, 600);
        awaitMetric("weir_budget_held", budget, 0);
        assertThat(metrics.sum("weir_budget_limit", budget)).isEqualTo(1000);
        assertThat(metrics.sum("weir_budget_limit", other)).isEqualTo(0.5);
        assertThat(metrics.sum("weir_budget_charged", other)).isEqualTo(0.0022);
        assertThat(metrics.sum("weir_budget_expired_holds", budget)).isZero();
        // The provider counted more than was held for five words.
        assertThat(metrics.sum("weir_budget_corrections", budget)).isEqualTo(1);
        assertThat(metrics.sum("weir_budget_corrected", budget)).isBetween(1.0, 600.0);

        complete("Hello");
        awaitMetric("weir_budget_degradations_total", "", degraded + 1);
        deleteAll();
        await().atMost(SOON).until(() -> !metrics.has("weir_budget_limit", budget));
        budget("output-tokens", 60, "cut");
        complete("[[words=400 pace=3]]");
        awaitMetric("weir_budget_cuts_total", "", cut + 1);
        awaitMetric("weir_budget_warnings_total", "", warned + 1);
        complete("Hello");
        awaitMetric("weir_budget_refusals_total", "", refused + 1);
    }

    private void awaitMetric(String name, String label, double value) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(metrics.sum(name, label)).as(name + label).isEqualTo(value));
    }

    @Test
    void tells_programs_how_fast_they_ask() {
        HttpResponse<String> answer = complete("[[words=3]]");
        assertThat(answer.headers().firstValue("x-ratelimit-limit-requests")).hasValue("60000");
        assertThat(answer.headers()
                        .firstValueAsLong("x-ratelimit-remaining-requests")
                        .orElse(0))
                .isBetween(1L, 59_999L);
        assertThat(answer.headers().firstValue("x-ratelimit-reset-requests").orElse(""))
                .endsWith("s");
        assertThat(answer.headers()
                        .firstValueAsLong("x-ratelimit-remaining-tokens")
                        .orElse(0))
                .isBetween(1L, 5_999_999L);
    }

    @Test
    void survives_a_restart_of_everything() {
        JsonNode budget = budget("tokens", 100_000, "cut");
        long used = tokens(complete("[[words=30 pace=1]]"));
        assertBalanced(budget, used);
        server.stop();
        server.launch();
        assertBalanced(budget, used);
        JsonNode usage = parse(admin.get("/api/usage?by=model,user"));
        assertThat(usage.path("usage").toString()).contains("upstream");
    }

    @Test
    void managers_see_and_make_those_of_their_organisation_only() {
        JsonNode all = budget("tokens", 100_000, "cut");
        String tag = Long.toString(System.nanoTime(), 36);
        String organisation = parse(admin.call("POST", "/api/organisations", "{\"name\":\"Other " + tag + "\"}"))
                .path("id")
                .asText();
        admin.call(
                "POST",
                "/api/users",
                "{\"login\":\"m" + tag + "\",\"password\":\"" + WeirServer.PASSWORD + "\",\"organisation\":\""
                        + organisation + "\",\"roles\":[\"user\",\"manager\"]}");
        WeirClient manager = server.client("m" + tag);
        assertThat(parse(manager.get("/api/budgets")).path("budgets")).isEmpty();
        assertThat(manager.get("/api/budgets/" + all.path("id").asText()).statusCode())
                .isEqualTo(404);
        HttpResponse<String> own = manager.call(
                "POST",
                "/api/budgets",
                "{\"name\":\"Ours\",\"unit\":\"usd\",\"limit\":\"12.50\",\"period\":\"month\"}");
        assertThat(own.statusCode()).as(own.body()).isEqualTo(201);
        assertThat(parse(own).path("scope").path("org").asText()).isEqualTo(organisation);
        assertThat(manager.call("DELETE", "/api/budgets/" + all.path("id").asText(), null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(anna.get("/api/budgets").statusCode()).isEqualTo(403);
        HttpResponse<String> zone =
                admin.call("PATCH", "/api/organisations/" + organisation, "{\"timeZone\":\"Asia/Tokyo\"}");
        assertThat(zone.statusCode()).as(zone.body()).isEqualTo(200);
        assertThat(parse(manager.get("/api/budgets/" + parse(own).path("id").asText()))
                        .path("time-zone")
                        .asText())
                .isEqualTo("Asia/Tokyo");
    }

    @Test
    void many_at_once_never_use_more_than_there_is() {
        JsonNode budget = budget("output-tokens", 900, "cut");
        CompletableFuture<?>[] all = new CompletableFuture<?>[20];
        AtomicLong used = new AtomicLong();
        for (int i = 0; i < all.length; i++) {
            int words = 20 + i * 10;
            all[i] = CompletableFuture.runAsync(
                    () -> {
                        HttpResponse<String> response = complete("[[words=" + words + " pace=2]]");
                        if (response.statusCode() == 200) {
                            used.addAndGet(parse(response)
                                    .path("usage")
                                    .path("completion_tokens")
                                    .asLong());
                        }
                    },
                    task -> Thread.ofVirtual().start(task));
        }
        CompletableFuture.allOf(all).join();
        assertBalanced(budget, used.get());
        JsonNode end = admin.now(budget);
        assertThat(end.path("charged").asLong() - end.path("corrected").asLong())
                .isLessThanOrEqualTo(900);
        assertThat(end.path("corrected").asLong()).isLessThanOrEqualTo(5L * all.length);
    }
}
