package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Ids;
import dev.weir.upstream.Script;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The REST door's rooms, messages and events, over real HTTP. */
class RestIT {

    /** Of an answer that is held after each of them but the last. */
    private static final int PARTS = 4;

    /** Of each part. */
    private static final int WORDS = 15;

    private final WeirServer server = WeirServer.shared();
    private final WeirClient admin = server.client("admin");
    private final WeirClient anna = server.client("anna");

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return WeirClient.parse(response.body());
    }

    private static void problem(HttpResponse<String> response, int status, String code) {
        JsonNode problem = json(response, status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotBlank();
    }

    private static String id(JsonNode json) {
        return json.path("id").asText();
    }

    private WeirClient newcomer() {
        String login = "new-" + Ids.next();
        JsonNode created = json(admin.call("POST", "/api/users", "{\"login\":\"" + login + "\"}"), 201);
        return WeirClient.signIn(server, login, created.path("password").asText());
    }

    private static HttpResponse<String> post(WeirClient client, String path, String key, String body) {
        return client.send(client.request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode ask(WeirClient client, String room, String text) {
        ObjectNode body = WeirClient.JSON.createObjectNode().put("text", text);
        return json(client.call("POST", "/api/rooms/" + room + "/messages", body.toString()), 202);
    }

    /** All events from a cursor on until the end of a turn, read page by page. */
    private static List<JsonNode> until(WeirClient client, String events, String turn) {
        List<JsonNode> seen = new ArrayList<>();
        String address = events;
        for (int i = 0; i < 500; i++) {
            JsonNode frame = json(client.get(address + "&wait=20"), 200);
            frame.path("events").forEach(seen::add);
            if (seen.stream().anyMatch(it -> isEnd(it, turn))) {
                return seen;
            }
            address = events.replaceFirst(
                    "cursor=.*", "cursor=" + frame.path("cursor").asText());
        }
        throw new AssertionError("The turn did not end: " + seen);
    }

    /** So that the upstream is being asked. */
    private void untilDelta(String events) {
        String[] address = {events};
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            JsonNode frame = json(admin.get(address[0]), 200);
            address[0] = events.replaceFirst(
                    "cursor=.*", "cursor=" + frame.path("cursor").asText());
            return frame.path("events").findValuesAsText("type").contains("delta");
        });
    }

    private static boolean isEnd(JsonNode event, String turn) {
        return event.path("type").asText().equals("turn-ended")
                && event.path("turn").asText().equals(turn);
    }

    private static void assertWhole(List<JsonNode> events) {
        for (int i = 1; i < events.size(); i++) {
            assertThat(events.get(i).path("seq").asLong())
                    .isEqualTo(events.get(i - 1).path("seq").asLong() + 1);
        }
    }

    @Test
    void makes_shows_changes_and_deletes_a_room() {
        HttpResponse<String> created = anna.call("POST", "/api/rooms", "{\"name\":\"Plans\",\"model\":\"quick\"}");
        JsonNode room = json(created, 201);
        String path = "/api/rooms/" + id(room);
        assertThat(created.headers().firstValue("Location").orElse("")).endsWith(path);
        JsonNode shown = json(anna.get(path), 200);
        assertThat(shown.path("name").asText()).isEqualTo("Plans");
        assertThat(shown.path("members").get(0).path("login").asText()).isEqualTo("anna");

        JsonNode changed = json(anna.call("PATCH", path, "{\"name\":\"Dreams\",\"model\":\"careful\"}"), 200);
        assertThat(changed.path("name").asText()).isEqualTo("Dreams");
        problem(anna.call("PATCH", path, "{\"name\":\"Nightmares\",\"model\":\"none\"}"), 400, "unknown-model");
        assertThat(json(anna.get(path), 200).path("name").asText()).isEqualTo("Dreams");

        assertThat(anna.call("DELETE", path, null).statusCode()).isEqualTo(204);
        problem(anna.get(path), 404, "no-such-room");
    }

    @Test
    void lists_rooms_page_by_page() {
        WeirClient client = newcomer();
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(client.room("quick"));
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = json(client.get("/api/rooms?limit=2&after=" + after), 200);
            page.path("rooms").forEach(it -> seen.add(id(it)));
            after = page.path("next").asText();
            pages++;
        } while (!after.isEmpty());

        assertThat(pages).isEqualTo(3);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
        assertThat(json(client.get("/api/rooms"), 200).path("rooms")).hasSize(5);
    }

    @Test
    void lists_rooms_of_completions_when_asked_to_until_they_are_taken_up() {
        WeirClient client = newcomer();
        String own = client.room("quick");
        HttpResponse<String> answer = client.call(
                "POST",
                "/v1/chat/completions",
                "{\"model\":\"quick\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String made = answer.headers().firstValue("Weir-Room").orElseThrow();

        assertThat(listed(client, "")).containsExactly(own);
        assertThat(listed(client, "?include=completions")).containsExactlyInAnyOrder(own, made);
        assertThat(json(client.get("/api/rooms/" + made), 200).path("origin").asText())
                .isEqualTo("completion");

        ask(client, made, "And what else?");

        assertThat(listed(client, "")).containsExactlyInAnyOrder(own, made);
        assertThat(json(client.get("/api/rooms/" + made), 200).path("origin").asText())
                .isEqualTo("conversation");
    }

    private static List<String> listed(WeirClient client, String query) {
        List<String> ids = new ArrayList<>();
        json(client.get("/api/rooms" + query), 200).path("rooms").forEach(it -> ids.add(id(it)));
        return ids;
    }

    @Test
    void answers_a_message_and_says_where_to_follow() {
        String room = anna.room("quick");
        HttpResponse<String> asked =
                anna.call("POST", "/api/rooms/" + room + "/messages", "{\"text\":\"What is 6 times 7?\"}");
        JsonNode answer = json(asked, 202);
        String turn = answer.path("turn").asText();
        assertThat(answer.path("room").asText()).isEqualTo(room);
        assertThat(asked.headers().firstValue("Location").orElse(""))
                .endsWith(answer.path("events").asText());

        List<JsonNode> events = until(anna, answer.path("events").asText(), turn);

        assertWhole(events);
        assertThat(events.getFirst().path("id").asText())
                .isEqualTo(answer.path("message").asText());
        assertThat(events.stream()
                        .filter(it -> it.path("turn").asText().equals(turn)
                                && it.path("type").asText().equals("message"))
                        .map(it -> it.path("text").asText()))
                .singleElement()
                .asString()
                .contains("42");
        JsonNode snapshot = json(anna.get("/api/rooms/" + room + "/events"), 200);
        assertThat(snapshot.path("snapshot").asBoolean()).isTrue();
        assertThat(snapshot.path("room").path("id").asText()).isEqualTo(room);
    }

    @Test
    void a_poll_waits_for_news_and_not_longer_than_asked() {
        String room = anna.room("quick");
        String cursor = json(anna.get("/api/rooms/" + room + "/events"), 200)
                .path("cursor")
                .asText();
        String events = "/api/rooms/" + room + "/events?cursor=" + cursor;
        assertThat(json(anna.get(events), 200).path("events")).isEmpty();

        long began = System.nanoTime();
        JsonNode nothing = json(anna.get(events + "&wait=1"), 200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
        assertThat(nothing.path("events")).isEmpty();
        assertThat(nothing.path("cursor").asText()).isEqualTo(cursor);

        CompletableFuture<HttpResponse<String>> waiting =
                CompletableFuture.supplyAsync(() -> anna.get(events + "&wait=60"));
        ask(anna, room, "Hello");
        JsonNode news = json(
                waiting.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join(), 200);
        assertThat(news.path("events").get(0).path("text").asText()).isEqualTo("Hello");
    }

    @Test
    void many_polls_wait_without_holding_the_server_up() {
        String room = anna.room("quick");
        String cursor = json(anna.get("/api/rooms/" + room + "/events"), 200)
                .path("cursor")
                .asText();
        String events = "/api/rooms/" + room + "/events?cursor=" + cursor + "&wait=60";
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            waiting.add(anna.http()
                    .sendAsync(anna.request(events).GET().build(), java.net.http.HttpResponse.BodyHandlers.ofString()));
        }
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        assertThat(anna.get("/api/session").statusCode()).isEqualTo(200);

        ask(anna, room, "Hello");

        for (CompletableFuture<HttpResponse<String>> one : waiting) {
            assertThat(json(
                                    one.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS)
                                            .join(),
                                    200)
                            .path("events"))
                    .isNotEmpty();
        }
    }

    @Test
    void a_stream_goes_on_where_it_was_cut() {
        String room = admin.room("upstream");
        String gate = Ids.next();
        Script script = Script.begin();
        for (int part = 1; part < PARTS; part++) {
            script.repeat("word ", WORDS, Duration.ofMillis(20)).hold(gate + part);
        }
        server.upstream()
                .answer(script.repeat("word ", WORDS, Duration.ofMillis(20))
                        .finish("stop")
                        .done());
        JsonNode asked = ask(admin, room, "Talk on.");
        String turn = asked.path("turn").asText();
        String address = "/api/rooms/" + room + "/events";
        List<JsonNode> events = new ArrayList<>();
        String last = asked.path("cursor").asText();
        int connections = 0;
        while (events.stream().noneMatch(it -> isEnd(it, turn))) {
            connections++;
            try (RestStream stream = RestStream.open(admin, address, last)) {
                for (int frame = 0; frame < 4 && more(events, connections, turn); frame++) {
                    RestStream.Item item = stream.next();
                    assertThat(item.id()).isEqualTo(item.frame().path("cursor").asText());
                    assertThat(item.frame().has("snapshot")).isFalse();
                    item.frame().path("events").forEach(events::add);
                    last = item.id();
                }
            }
            server.upstream().release(gate + connections);
        }

        assertThat(connections).isGreaterThanOrEqualTo(PARTS);
        assertWhole(events);
        assertThat(text(events)).isEqualTo("word ".repeat(PARTS * WORDS));
    }

    /** Whether more comes of an answer of which so many parts have been let go. */
    private static boolean more(List<JsonNode> events, int parts, String turn) {
        boolean held = parts < PARTS && text(events).length() == parts * WORDS * "word ".length();
        return !held && events.stream().noneMatch(it -> isEnd(it, turn));
    }

    private static String text(List<JsonNode> events) {
        return events.stream()
                .filter(it -> it.path("type").asText().equals("delta"))
                .map(it -> it.path("text").asText())
                .collect(Collectors.joining());
    }

    @Test
    void a_stream_begins_with_a_snapshot_and_is_kept_alive_by_comments() throws Exception {
        String room = anna.room("quick");
        try (RestStream stream = RestStream.open(anna, "/api/rooms/" + room + "/events", "")) {
            assertThat(stream.type()).startsWith("text/event-stream");
            assertThat(stream.next().frame().path("snapshot").asBoolean()).isTrue();
            assertThat(stream.comment()).isEqualTo(": heartbeat");
        }
    }

    @Test
    void cuts_off_who_is_no_longer_a_member_or_signed_in() throws Exception {
        String room = admin.room("quick");
        admin.addMember(room, "ben");
        WeirClient ben = server.client("ben");
        String benId =
                json(ben.get("/api/session"), 200).path("user").path("id").asText();
        WeirClient other = server.client("admin");
        String address = "/api/rooms/" + room + "/events";
        try (RestStream removed = RestStream.open(ben, address, "");
                RestStream gone = RestStream.open(other, address, "")) {
            removed.next();
            gone.next();
            assertThat(admin.call("DELETE", "/api/rooms/" + room + "/members/" + benId, null)
                            .statusCode())
                    .isEqualTo(204);
            assertThat(other.call("POST", "/sign-out", null).statusCode()).isLessThan(400);

            removed.awaitEnd(Duration.ofSeconds(25));
            gone.awaitEnd(Duration.ofSeconds(25));
        }
        problem(ben.get(address), 404, "no-such-room");
    }

    @Test
    void stops_a_turn_however_often() {
        String room = admin.room("upstream");
        server.upstream().answer(Script.begin().repeat("word ", 10_000, Duration.ofMillis(20)));
        JsonNode asked = ask(admin, room, "Talk on.");
        String turn = asked.path("turn").asText();
        String stop = "/api/rooms/" + room + "/turns/" + turn + "/stop";

        problem(anna.call("POST", stop, null), 404, "no-such-room");
        untilDelta(asked.path("events").asText());
        assertThat(admin.call("POST", stop, null).statusCode()).isEqualTo(204);
        List<JsonNode> events = until(admin, asked.path("events").asText(), turn);

        assertThat(events.stream().filter(it -> isEnd(it, turn)))
                .singleElement()
                .satisfies(it -> assertThat(it.path("outcome").asText()).isEqualTo("stopped"));
        assertThat(admin.call("POST", stop, null).statusCode()).isEqualTo(204);
        assertThat(admin.call("POST", "/api/rooms/" + room + "/turns/none/stop", null)
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void does_the_same_once_under_a_key() {
        String key = Ids.next();
        HttpResponse<String> first = post(anna, "/api/rooms", key, "{\"name\":\"Once\"}");
        HttpResponse<String> again = post(anna, "/api/rooms", key, "{\"name\":\"Once\"}");

        assertThat(json(again, 201)).isEqualTo(json(first, 201));
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(again.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        problem(post(anna, "/api/rooms", key, "{\"name\":\"Twice\"}"), 422, "key-reused");
        problem(
                post(anna, "/api/rooms/" + id(json(first, 201)) + "/messages", key, "{\"text\":\"x\"}"),
                422,
                "key-reused");
        assertThat(id(json(post(admin, "/api/rooms", key, "{\"name\":\"Once\"}"), 201)))
                .isNotEqualTo(id(json(first, 201)));
        problem(post(anna, "/api/rooms", "with blank", "{}"), 400, "invalid");
        problem(post(anna, "/api/rooms", "x".repeat(201), "{}"), 400, "invalid");
    }

    @Test
    void says_a_message_once_under_a_key_even_when_it_comes_at_once() throws Exception {
        String room = anna.room("quick");
        String key = Ids.next();
        List<Future<HttpResponse<String>>> sent = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                sent.add(pool.submit(
                        () -> post(anna, "/api/rooms/" + room + "/messages", key, "{\"text\":\"Only once\"}")));
            }
        }
        Set<String> answers = new HashSet<>();
        for (Future<HttpResponse<String>> one : sent) {
            answers.add(json(one.get(), 202).toString());
        }
        assertThat(answers).hasSize(1);
        JsonNode answer = WeirClient.parse(answers.iterator().next());
        List<JsonNode> events =
                until(anna, answer.path("events").asText(), answer.path("turn").asText());
        assertThat(events.stream()
                        .filter(it -> it.path("type").asText().equals("message"))
                        .filter(it -> it.path("text").asText().equals("Only once")))
                .hasSize(1);
    }

    @Test
    void a_refused_request_may_be_sent_again_under_its_key() {
        String key = Ids.next();
        problem(post(anna, "/api/rooms", key, "{\"model\":\"none\"}"), 400, "unknown-model");
        problem(post(anna, "/api/rooms", key, "{\"model\":\"none\"}"), 400, "unknown-model");
        json(post(anna, "/api/rooms", key, "{\"model\":\"quick\"}"), 201);
    }
}
