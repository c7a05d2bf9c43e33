package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.event.Ids;
import dev.weir.upstream.FakeUpstream;
import dev.weir.upstream.Script;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see when a model's provider misbehaves. */
final class UpstreamIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HALF = "Half an answer";

    private final WeirServer server = WeirServer.shared();
    private final FakeUpstream upstream = server.upstream();
    private final WeirClient admin = server.client("admin");
    private final String room = admin.room("upstream");
    private final int closedBefore = upstream.clientClosings().size();
    private final RoomReader reader = RoomReader.follow(admin, room, Transport.WEBSOCKET);

    @BeforeEach
    void begin() {
        reader.begun();
    }

    @AfterEach
    void leave() {
        reader.close();
    }

    /** Connections that are kept for the next question are given up after a while; any other would stay. */
    @AfterAll
    static void keeps_no_connection_to_the_provider() {
        FakeUpstream upstream = WeirServer.shared().upstream();
        await().atMost(Duration.ofMinutes(2)).until(() -> upstream.openConnections() == 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503})
    void says_that_the_model_has_a_fault(int status) {
        Ended ended = ask("upstream", "[[status=" + status + "]]");

        assertFailed(ended, "", "fault");
        assertThat(ended.message().path("timing").path("firstDeltaMillis").asInt())
                .isEqualTo(-1);
    }

    @Test
    void keeps_the_text_before_an_error_object() {
        upstream.answer(
                Script.begin().deltas("Half", " an answer").error("boom").hang());

        Ended ended = ask("upstream", "Please answer.");

        assertFailed(ended, HALF, "fault of its own");
        assertClosedByUs();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "close", "cut"})
    void keeps_the_text_before_the_connection_broke(String how) {
        // Held until the text has been read: a reset may destroy what is still under way.
        String name = Ids.next();
        String turn = begin("upstream", "[[say=\"" + HALF + "\" hold=" + name + " end=" + how + "]]");
        reader.writing(turn, HALF.length());
        upstream.release(name);

        assertFailed(end(turn), HALF, "broke before the answer was complete");
    }

    @Test
    void gives_up_a_model_that_falls_silent_in_mid_answer() {
        Ended ended = ask("impatient", "[[say=\"" + HALF + "\" end=hang]]");

        assertFailed(ended, HALF, "sent nothing for 2 s");
        assertClosedByUs();
    }

    @Test
    void gives_up_a_model_that_never_says_anything() {
        Ended ended = ask("impatient", "[[first=" + Ids.next() + "]]");

        assertFailed(ended, "", "sent nothing for 2 s");
        assertClosedByUs();
    }

    @Test
    void asks_a_busy_model_again_and_says_so() {
        upstream.answer(busy("1")).answer(Script.answer("At", " last."));

        Ended ended = ask("upstream", "Please answer.");

        assertComplete(ended, "At last.");
        assertThat(notices(ended.turn())).singleElement().asString().contains("busy", "1 s");
    }

    @Test
    void does_not_wait_for_a_model_that_is_busy_for_an_hour() {
        upstream.answer(busy("3600"));

        Ended ended = ask("upstream", "Please answer.");

        assertFailed(ended, "", "too many requests", "60 min");
        assertThat(notices(ended.turn())).isEmpty();
    }

    @Test
    void gives_up_a_model_that_stays_busy() {
        upstream.answer(busy("1")).answer(busy("1")).answer(busy("1"));

        Ended ended = ask("upstream", "Please answer.");

        assertFailed(ended, "", "too many requests");
        assertThat(notices(ended.turn())).hasSize(2);
    }

    @Test
    void takes_a_megabyte_in_one_piece() {
        Ended ended = ask("upstream", "[[huge=1000000]]");

        assertComplete(ended, "h".repeat(1_000_000));
    }

    @Test
    void takes_five_thousand_single_letters() {
        Ended ended = ask("upstream", "[[chars=5000]]");

        assertComplete(ended, "x".repeat(5000));
    }

    @Test
    void reads_an_answer_that_comes_byte_by_byte() {
        Ended ended = ask("upstream", "[[say=\"Größe 水 😀 zählt\" split crlf]]");

        assertComplete(ended, "Größe 水 😀 zählt");
    }

    @Test
    void says_that_an_answer_is_empty() {
        Ended ended = ask("upstream", "[[words=0]]");

        assertComplete(ended, "");
        assertThat(ended.reason()).isEqualTo("The model gave an empty answer.");
    }

    @Test
    void says_that_the_model_reached_its_length() {
        Ended ended = ask("upstream", "[[say=\"" + HALF + "\" finish=length]]");

        assertComplete(ended, HALF);
        assertThat(ended.reason()).contains("length limit");
    }

    @Test
    void takes_over_the_usage_that_the_model_reports() {
        Ended ended = ask("upstream", "[[say=\"" + HALF + "\" usage=1100,70]]");

        assertComplete(ended, HALF);
        assertUsage(ended, 1100, 70, false);
    }

    @Test
    void estimates_the_usage_that_the_model_does_not_report() {
        Ended ended = ask("upstream", "[[say=\"" + HALF + "\"]]");

        assertComplete(ended, HALF);
        assertThat(ended.usage("inputTokens")).isBetween(5L, 60L);
        assertThat(ended.usage("outputTokens")).isBetween(3L, 4L);
        assertUsage(ended, ended.usage("inputTokens"), ended.usage("outputTokens"), true);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void says_that_the_key_is_not_accepted(int status) {
        Ended ended = ask("upstream", "[[status=" + status + "]]");

        assertFailed(ended, "", "does not accept this installation's key", "administrator");
    }

    // --- asking ---

    private record Ended(String turn, Seen.Item answer, JsonNode event) {

        JsonNode message() {
            return Objects.requireNonNull(answer.message);
        }

        String reason() {
            return event.path("reason").asText();
        }

        long usage(String figure) {
            return event.path("usage").path(figure).asLong();
        }
    }

    private Ended ask(String model, String text) {
        return end(begin(model, text));
    }

    private String begin(String model, String text) {
        JsonNode ack = reader.prompt(text, model);
        assertThat(ack.path("type").asText()).as(ack.toString()).isEqualTo("ack");
        return ack.path("turn").asText();
    }

    private Ended end(String turn) {
        JsonNode event = reader.ended(turn);
        return new Ended(turn, reader.answer(turn), event);
    }

    private static Script busy(String retryAfter) {
        return Script.status(429, "{\"error\":{\"message\":\"slow down\"}}").header("Retry-After", retryAfter);
    }

    private List<String> notices(String turn) {
        return reader.events("notice").stream()
                .filter(it -> it.path("turn").asText().equals(turn))
                .map(it -> it.path("text").asText())
                .toList();
    }

    // --- what must hold ---

    private void assertComplete(Ended ended, String text) {
        assertThat(ended.event().path("outcome").asText()).as(ended.reason()).isEqualTo("complete");
        assertEndedOnce(ended, text);
    }

    private void assertFailed(Ended ended, String text, String... reason) {
        assertThat(ended.event().path("outcome").asText()).isEqualTo("failed");
        assertThat(ended.reason())
                .contains(reason)
                .endsWith(".")
                .doesNotContain("Exception", WeirServer.API_KEY, "127.0.0.1");
        assertEndedOnce(ended, text);
    }

    /** Whoever follows, and whoever comes later, sees the same end, and it comes once. */
    private void assertEndedOnce(Ended ended, String text) {
        Seen.Item answer = ended.answer();
        JsonNode message = ended.message();
        assertThat(answer.text).isEqualTo(text);
        for (String field : List.of("outcome", "reason", "usage", "timing")) {
            assertThat(message.path(field)).as(field).isEqualTo(ended.event().path(field));
        }
        assertIdle(message.path("from").path("id").asText());
        try (RoomReader later = RoomReader.follow(admin, room, Transport.SSE)) {
            later.begun();
            assertThat(later.conversation()).isEqualTo(reader.conversation());
        }
        assertThat(ask("upstream", "[[say=\"All is well.\"]]").answer().text).isEqualTo("All is well.");
        assertThat(reader.events("turn-ended"))
                .filteredOn(it -> it.path("branch").asText().equals(answer.id))
                .hasSize(1);
        reader.assertWhole();
    }

    private void assertIdle(String model) {
        JsonNode last = reader.until(
                "the model's last state",
                () -> reader.events("presence").stream()
                        .filter(it -> it.path("member").path("id").asText().equals(model))
                        .reduce((before, after) -> after)
                        .filter(it -> it.path("state").asText().equals("idle")));
        assertThat(last.path("member").path("kind").asText()).isEqualTo("model");
    }

    private void assertClosedByUs() {
        await().atMost(PATIENCE).until(() -> upstream.clientClosings().size() == closedBefore + 1);
    }

    private static void assertUsage(Ended ended, long input, long output, boolean estimated) {
        assertThat(ended.usage("inputTokens")).isEqualTo(input);
        assertThat(ended.usage("outputTokens")).isEqualTo(output);
        assertThat(ended.usage("costMicros")).isEqualTo(input + 2 * output);
        assertThat(ended.event().path("usage").path("estimated").asBoolean()).isEqualTo(estimated);
    }
}
