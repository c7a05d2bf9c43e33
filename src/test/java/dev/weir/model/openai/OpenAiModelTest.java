package dev.weir.model.openai;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Finish;
import dev.weir.model.Finish.ReportedUsage;
import dev.weir.model.Heard;
import dev.weir.model.ModelFailure;
import dev.weir.model.ModelFailure.Kind;
import dev.weir.model.ModelSpec;
import dev.weir.model.Secret;
import dev.weir.model.StreamingModel.Prompt;
import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import dev.weir.model.StreamingModel.Upstream;
import dev.weir.upstream.FakeUpstream;
import dev.weir.upstream.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class OpenAiModelTest {

    private static final String KEY = "sk-test-0123456789";
    private static final Prompt HELLO = new Prompt(List.of(new Line(Role.USER, "Hello")));

    private final FakeUpstream upstream = FakeUpstream.start();
    /** The clock of those that are impatient. */
    private final AtomicLong nanos = new AtomicLong();

    private final OpenAiModel model = model(upstream.baseUrl(), ofSeconds(30));

    @AfterEach
    void close() {
        model.close();
        upstream.close();
    }

    private static OpenAiModel model(String baseUrl, Duration idle) {
        return model(baseUrl, idle, System::nanoTime);
    }

    private static OpenAiModel model(String baseUrl, Duration idle, LongSupplier nanos) {
        ModelSpec spec = new ModelSpec("fast", "openai", "fake-1", "Fast", "", ModelSpec.Price.FREE, 8192, false, idle);
        return new OpenAiModel(
                spec,
                new OpenAiSettings(
                        URI.create(baseUrl),
                        Optional.of(new Secret(KEY)),
                        ofSeconds(2),
                        OptionalInt.of(77),
                        OptionalDouble.of(0.5)),
                nanos);
    }

    private Heard ask(Script script) {
        upstream.answer(script);
        Heard heard = new Heard();
        model.ask(HELLO, heard);
        return heard;
    }

    private ModelFailure failure(Script script) {
        return ask(script).awaitFailure();
    }

    // What is sent

    @Test
    void sends_the_conversation_as_it_is_and_asks_for_usage() {
        upstream.answer(Script.answer("ok"));
        Heard heard = new Heard();
        model.ask(
                new Prompt(List.of(
                        new Line(Role.SYSTEM, "Be brief."),
                        new Line(Role.USER, "Count to four."),
                        new Line(Role.ASSISTANT, "One, two,"))),
                heard);
        heard.awaitFinish();

        FakeUpstream.Received request = upstream.requests().getFirst();
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.headers()).containsEntry("authorization", "Bearer " + KEY);
        assertThat(request.body().replaceAll("\\s", ""))
                .contains("\"model\":\"fake-1\"", "\"stream\":true", "\"include_usage\":true")
                .contains("\"max_tokens\":77", "\"temperature\":0.5")
                .containsSubsequence("Bebrief.", "\"user\"", "Counttofour.", "\"assistant\"", "One,two,");
    }

    // Good answers

    @Test
    void hears_each_delta_as_sent_then_the_finish() {
        Heard heard =
                ask(Script.begin().deltas("Hel", "lo", " there").finish("stop").done());
        assertThat(heard.awaitFinish()).isEqualTo(new Finish(Finish.Reason.STOP, Optional.empty()));
        assertThat(heard.deltas()).containsExactly("Hel", "lo", " there");
    }

    @Test
    void reports_the_providers_usage() {
        Heard heard =
                ask(Script.begin().deltas("x").finish("stop").usage(12, 34).done());
        assertThat(heard.awaitFinish().usage()).contains(new ReportedUsage(12, 34));
    }

    @Test
    void reports_what_the_provider_had_cached_and_what_the_model_thought() {
        Heard heard = ask(Script.begin()
                .deltas("x")
                .finish("stop")
                .usage(120, 100, 34, 30)
                .done());
        assertThat(heard.awaitFinish().usage()).contains(new ReportedUsage(120, 100, 34, 30));
    }

    @ParameterizedTest
    @CsvSource({"stop,STOP", "length,LENGTH", "content_filter,CONTENT_FILTER", "tool_calls,OTHER", "weary,OTHER"})
    void maps_the_finish_reason(String sent, Finish.Reason heard) {
        assertThat(ask(Script.begin().deltas("x").finish(sent)).awaitFinish().reason())
                .isEqualTo(heard);
    }

    @Test
    void an_empty_answer_is_an_answer() {
        Heard heard = ask(Script.begin().finish("stop").done());
        assertThat(heard.awaitFinish().reason()).isEqualTo(Finish.Reason.STOP);
        assertThat(heard.deltas()).isEmpty();
    }

    @Test
    void done_alone_ends_an_answer_and_nothing_more_is_waited_for() {
        Heard heard = ask(Script.begin().deltas("x").done().hang());
        assertThat(heard.awaitFinish().reason()).isEqualTo(Finish.Reason.OTHER);
        await().atMost(ofSeconds(10)).until(() -> upstream.openConnections() == 0);
    }

    @Test
    void a_reset_after_the_finish_reason_costs_nothing() {
        Heard heard = ask(
                Script.begin().deltas("all").finish("stop").pause(ofMillis(50)).reset());
        assertThat(heard.awaitFinish().reason()).isEqualTo(Finish.Reason.STOP);
    }

    @Test
    void a_huge_delta_comes_whole() {
        String huge = "0123456789abcdef".repeat(65_536);
        Heard heard = ask(Script.answer(huge));
        heard.awaitFinish();
        assertThat(heard.deltas()).containsExactly(huge);
    }

    @Test
    void ten_thousand_single_characters_come_in_order() {
        Script script = Script.begin();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            String letter = String.valueOf((char) ('a' + i % 26));
            script.deltas(letter);
            expected.append(letter);
        }
        Heard heard = ask(script.finish("stop").done());
        heard.awaitFinish();
        assertThat(heard.text()).isEqualTo(expected.toString());
        assertThat(heard.deltas()).hasSize(10_000);
    }

    @Test
    void characters_survive_any_split_of_the_bytes() {
        Heard heard = ask(
                Script.answer("Grüße, ", "日本語 ", "🦆👩‍👩‍👧‍👦", " e\u0301").everyByteAlone());
        heard.awaitFinish();
        assertThat(heard.text()).isEqualTo("Grüße, 日本語 🦆👩‍👩‍👧‍👦 e\u0301");
    }

    @ParameterizedTest
    @CsvSource({"crlf", "cr"})
    void other_line_ends_are_lines_too(String name) {
        String end = name.equals("crlf") ? "\r\n" : "\r";
        Heard heard = ask(Script.answer("a", "b").lineEnd(end).everyByteAlone());
        heard.awaitFinish();
        assertThat(heard.text()).isEqualTo("ab");
    }

    @Test
    void unknown_fields_comments_and_events_are_skipped() {
        Heard heard = ask(Script.begin()
                .raw("\uFEFFretry: 10\nid: 7\nwhatever\n")
                .comment("processing")
                .data("{\"object\":\"something-new\",\"choices\":[]}")
                .deltas("fine")
                .finish("stop")
                .done());
        heard.awaitFinish();
        assertThat(heard.text()).isEqualTo("fine");
    }

    @Test
    void a_refusal_is_what_the_model_said() {
        Heard heard = ask(Script.begin()
                .data("{\"choices\":[{\"index\":0,\"delta\":{\"refusal\":\"I won't.\"},\"finish_reason\":null}]}")
                .finish("stop")
                .done());
        heard.awaitFinish();
        assertThat(heard.text()).isEqualTo("I won't.");
    }

    @Test
    void connections_are_used_again_also_when_the_answer_is_cancelled_at_its_end() {
        answeredAndCancelled();
        await().until(() -> {
            answeredAndCancelled();
            List<FakeUpstream.Received> requests = upstream.requests();
            return requests.getLast().connection()
                    == requests.get(requests.size() - 2).connection();
        });
    }

    private void answeredAndCancelled() {
        upstream.answer(Script.answer("one"));
        CompletableFuture<Upstream> answer = new CompletableFuture<>();
        Heard heard = new Heard(delta -> {}, () -> answer.join().cancel());
        answer.complete(model.ask(HELLO, heard));
        heard.awaitFinish();
    }

    // No answer

    @Test
    void nobody_listening_is_unreachable() throws IOException {
        try (Socket bound = new Socket()) {
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            ModelFailure failure = failureAt("http://127.0.0.1:" + bound.getLocalPort() + "/v1");
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.message()).contains("Fast can't be reached").doesNotContain("127.0.0.1");
        }
    }

    @Test
    void an_unknown_host_is_unreachable() {
        assertThat(failureAt("http://no-such-host.invalid/v1").kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void a_server_that_speaks_no_tls_is_unreachable() {
        assertThat(failureAt(upstream.baseUrl().replace("http:", "https:")).kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    private static ModelFailure failureAt(String baseUrl) {
        try (OpenAiModel elsewhere = model(baseUrl, ofSeconds(10))) {
            Heard heard = new Heard();
            elsewhere.ask(HELLO, heard);
            return heard.awaitFailure();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,REJECTED",
        "401,UNAUTHORISED",
        "402,REJECTED",
        "403,UNAUTHORISED",
        "404,REJECTED",
        "408,PROVIDER_ERROR",
        "413,REJECTED",
        "422,REJECTED",
        "429,RATE_LIMITED",
        "500,PROVIDER_ERROR",
        "503,PROVIDER_ERROR",
        "529,PROVIDER_ERROR",
        "302,REJECTED"
    })
    void maps_the_status(int status, Kind kind) {
        ModelFailure failure = failure(Script.status(status, "{\"error\":{\"message\":\"no\"}}"));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.detail()).startsWith("HTTP " + status);
        assertThat(upstream.requests()).as("asked once").hasSize(1);
    }

    @Test
    void the_providers_harmless_words_are_passed_on() {
        assertThat(failure(Script.status(400, "{\"error\":{\"message\":\"'n' must be 1\"}}"))
                        .message())
                .isEqualTo("Fast did not accept the request: “'n' must be 1”");
    }

    @Test
    void a_conversation_that_is_too_long_is_named_so() {
        String body = "{\"error\":{\"message\":\"too many\",\"code\":\"context_length_exceeded\"}}";
        assertThat(failure(Script.status(400, body)).message()).contains("too long for Fast");
    }

    @Test
    void a_used_up_quota_is_not_worth_waiting_for() {
        String body = "{\"error\":{\"message\":\"You exceeded your quota\",\"code\":\"insufficient_quota\"}}";
        assertThat(failure(Script.status(429, body)).kind()).isEqualTo(Kind.REJECTED);
    }

    @Test
    void the_key_never_shows_even_when_the_provider_repeats_it() {
        for (int status : new int[] {400, 401, 500}) {
            ModelFailure failure =
                    failure(Script.status(status, "{\"error\":{\"message\":\"Incorrect key " + KEY + " given\"}}"));
            assertThat(failure.toString()).doesNotContain(KEY);
        }
        assertThat(model.toString()).doesNotContain(KEY);
    }

    @Test
    void retry_after_in_seconds() {
        Script script = Script.status(429, "{}").header("Retry-After", "7");
        ModelFailure failure = failure(script);
        assertThat(failure.retryAfter()).contains(ofSeconds(7));
        assertThat(failure.message()).contains("Try again in 7 s");
    }

    @Test
    void retry_after_as_a_date() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(90).atOffset(ZoneOffset.UTC));
        Optional<Duration> wait =
                failure(Script.status(429, "{}").header("Retry-After", date)).retryAfter();
        assertThat(wait.orElseThrow()).isBetween(ofSeconds(60), ofSeconds(90));
    }

    @Test
    void an_answer_that_is_no_stream_is_a_fault_of_the_provider() {
        Script page = Script.begin().header("Content-Type", "text/html").raw("<h1>It works</h1>");
        assertThat(failure(page).kind()).isEqualTo(Kind.PROVIDER_ERROR);
    }

    // Answers that break

    @Test
    void an_error_object_in_the_stream_is_a_provider_error() {
        Heard heard = ask(Script.begin().deltas("Half").error("overloaded").hang());
        assertThat(heard.awaitFailure().kind()).isEqualTo(Kind.PROVIDER_ERROR);
        assertThat(heard.text()).isEqualTo("Half");
        await().until(() -> upstream.openConnections() == 0);
    }

    @Test
    void an_error_event_is_a_provider_error() {
        ModelFailure failure = failure(Script.begin().raw("event: error\ndata: {\"message\":\"bad\"}\n\n"));
        assertThat(failure.kind()).isEqualTo(Kind.PROVIDER_ERROR);
        assertThat(failure.detail()).contains("bad");
    }

    @Test
    void what_is_no_json_is_a_provider_error() {
        assertThat(failure(Script.begin().data("{oops").hang()).kind()).isEqualTo(Kind.PROVIDER_ERROR);
    }

    @Test
    void an_endless_line_is_given_up() {
        Script endless = Script.begin().raw("data: ");
        for (int i = 0; i < 200; i++) {
            endless.raw("x".repeat(100_000));
        }
        assertThat(failure(endless).kind()).isEqualTo(Kind.PROVIDER_ERROR);
    }

    @Test
    void every_way_to_break_off_is_a_cut_before_and_within_the_answer() {
        assertThat(failure(Script.begin().reset()).kind()).isEqualTo(Kind.CUT);
        assertThat(failure(Script.begin().close()).kind()).isEqualTo(Kind.CUT);
        assertThat(failure(Script.begin().open().reset()).kind()).isEqualTo(Kind.CUT);
        assertThat(failure(Script.begin().open().close()).kind()).isEqualTo(Kind.CUT);
        assertThat(failure(Script.begin().end()).kind()).isEqualTo(Kind.CUT);
        assertThat(failure(Script.begin().deltas("Half").close()).kind()).isEqualTo(Kind.CUT);
        assertThat(failure(Script.begin().deltas("Half").end()).kind()).isEqualTo(Kind.CUT);
    }

    @Test
    void what_came_before_a_cut_is_heard() {
        Heard heard = ask(Script.begin().deltas("Half an", " answer").close());
        assertThat(heard.awaitFailure().message()).contains("broke before the answer was complete");
        assertThat(heard.text()).isEqualTo("Half an answer");
    }

    @Test
    void a_reset_within_the_answer_is_a_cut() {
        CountDownLatch heardHalf = new CountDownLatch(1);
        upstream.answer(Script.begin().deltas("Half").hold(heardHalf).reset());
        Heard heard = new Heard(delta -> heardHalf.countDown());
        model.ask(HELLO, heard);
        assertThat(heard.awaitFailure().kind()).isEqualTo(Kind.CUT);
        assertThat(heard.text()).isEqualTo("Half");
    }

    // Silence

    private OpenAiModel impatient(Duration idle) {
        return model(upstream.baseUrl(), idle, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void silence_before_the_headers_and_within_the_answer_is_a_stall_and_hangs_up() {
        List<Script> silent = List.of(
                Script.begin().hang(),
                Script.begin().open().hang(),
                Script.begin().deltas("Half").hang());
        try (OpenAiModel impatient = impatient(ofMillis(150))) {
            for (int i = 1; i <= silent.size(); i++) {
                int asked = i;
                upstream.answer(silent.get(i - 1));
                Heard heard = new Heard();
                impatient.ask(HELLO, heard);
                await().until(() -> upstream.requests().size() == asked);
                await().until(() -> {
                    pass(ofMillis(150));
                    return !heard.ends().isEmpty();
                });
                ModelFailure failure = heard.awaitFailure();
                assertThat(failure.kind()).isEqualTo(Kind.STALLED);
                assertThat(failure.message()).contains("sent nothing for 0.2 s");
                await().until(() -> upstream.clientClosings().size() == asked);
            }
        }
    }

    @Test
    void comments_are_no_sign_of_life() {
        try (OpenAiModel impatient = impatient(ofMillis(500))) {
            Script alive = Script.begin();
            for (int i = 0; i < 2000; i++) {
                alive.comment("keep-alive").pause(ofMillis(10));
            }
            upstream.answer(alive);
            Heard heard = new Heard();
            impatient.ask(HELLO, heard);
            await().pollInterval(ofMillis(10)).until(() -> {
                pass(ofMillis(20));
                return !heard.ends().isEmpty();
            });
            assertThat(heard.awaitFailure().kind()).isEqualTo(Kind.STALLED);
        }
    }

    @Test
    void a_slow_answer_is_no_stall() {
        Script slow = Script.begin();
        for (int i = 0; i < 5; i++) {
            slow.deltas("x").hold("after " + i);
        }
        try (OpenAiModel impatient = impatient(ofMillis(400))) {
            upstream.answer(slow.finish("stop").done());
            Heard heard = new Heard();
            impatient.ask(HELLO, heard);
            for (int i = 0; i < 5; i++) {
                int sent = i + 1;
                await().until(() -> heard.deltas().size() == sent);
                pass(ofMillis(300));
                upstream.release("after " + i);
            }
            heard.awaitFinish();
        }
    }

    @Test
    void a_listener_that_takes_its_time_is_no_stall() {
        try (OpenAiModel impatient = impatient(ofSeconds(30))) {
            CountDownLatch never = new CountDownLatch(1);
            upstream.answer(Script.answer("a", "b"));
            Heard heard = new Heard(delta -> {
                pass(ofHours(1));
                waitFor(never, ofMillis(300));
            });
            impatient.ask(HELLO, heard);
            heard.awaitFinish();
        }
    }

    // Cancel

    @Test
    void cancel_before_the_headers_closes_the_connection() {
        cancelled(Script.begin().hang());
    }

    @Test
    void cancel_before_the_first_delta_closes_the_connection() {
        cancelled(Script.begin().open().hang());
    }

    private void cancelled(Script script) {
        upstream.answer(script);
        Heard heard = new Heard();
        Upstream answer = model.ask(HELLO, heard);
        await().until(() -> upstream.requests().size() == 1);
        answer.cancel();
        answer.cancel();
        await().until(() -> upstream.openConnections() == 0);
        assertThat(upstream.clientClosings()).hasSize(1);
        assertThat(heard.ends()).isEmpty();
    }

    @Test
    void cancel_in_mid_answer_closes_the_connection_and_silences_the_listener() {
        upstream.answer(Script.begin().repeat("word ", 100_000, ofMillis(1)));
        Heard heard = new Heard();
        Upstream answer = model.ask(HELLO, heard);
        heard.awaitFirstDelta();
        answer.cancel();
        await().until(() -> upstream.openConnections() == 0);
        int deltas = heard.deltas().size();
        assertThat(upstream.clientClosings()).hasSize(1);
        await().during(ofMillis(100))
                .until(() -> heard.deltas().size() <= deltas + 1 && heard.ends().isEmpty());
    }

    @Test
    void cancel_closes_the_connection_while_the_listener_is_blocked() {
        CountDownLatch blocked = new CountDownLatch(1);
        upstream.answer(Script.begin().deltas("a", "b").hang());
        Heard heard = new Heard(delta -> waitFor(blocked, ofSeconds(20)));
        Upstream answer = model.ask(HELLO, heard);
        heard.awaitFirstDelta();
        answer.cancel();
        await().until(() -> upstream.openConnections() == 0);
        blocked.countDown();
        await().during(ofMillis(100))
                .until(() -> heard.deltas().size() == 1 && heard.ends().isEmpty());
    }

    @Test
    void a_cancel_at_once_leaves_nothing_open() {
        for (int i = 0; i < 20; i++) {
            upstream.answer(Script.begin().hang());
            Heard heard = new Heard();
            model.ask(HELLO, heard).cancel();
            assertThat(heard.ends()).isEmpty();
        }
        await().until(() -> upstream.openConnections() == 0);
    }

    @Test
    void cancel_after_the_end_does_nothing() {
        upstream.answer(Script.answer("x"));
        Heard heard = new Heard();
        Upstream answer = model.ask(HELLO, heard);
        heard.awaitFinish();
        answer.cancel();
        assertThat(heard.ends()).hasSize(1);
    }

    // Back pressure

    @Test
    void a_blocked_listener_stops_the_reading() {
        CountDownLatch blocked = new CountDownLatch(1);
        int size = 100_000;
        upstream.answer(Script.begin()
                .repeat("x".repeat(size), 400, ZERO)
                .finish("stop")
                .done());
        Heard heard = new Heard(delta -> waitFor(blocked, ofSeconds(30)));
        model.ask(HELLO, heard);
        heard.awaitFirstDelta();
        long[] last = {-1};
        await().pollInterval(ofMillis(200)).until(() -> {
            long now = upstream.bytesWritten();
            boolean still = now == last[0];
            last[0] = now;
            return still;
        });
        assertThat(last[0]).as("bytes the client's side took").isLessThan(20_000_000);
        blocked.countDown();
        heard.awaitFinish();
        assertThat(heard.text()).hasSize(400 * size);
    }

    @Test
    void a_listener_that_throws_ends_the_answer_once_and_hangs_up() {
        upstream.answer(Script.begin().deltas("a").hang());
        Heard heard = new Heard(delta -> {
            throw new IllegalStateException("broken listener");
        });
        model.ask(HELLO, heard);
        heard.awaitFailure();
        await().until(() -> upstream.openConnections() == 0);
    }

    @Test
    void many_answers_at_once() {
        upstream.always(
                Script.begin().repeat("x", 50, ofMillis(2)).finish("stop").done());
        List<Heard> all =
                java.util.stream.Stream.generate(Heard::new).limit(100).toList();
        all.forEach(heard -> model.ask(HELLO, heard));
        all.forEach(heard -> {
            heard.awaitFinish();
            assertThat(heard.text()).hasSize(50);
        });
    }

    private static void waitFor(CountDownLatch latch, Duration limit) {
        try {
            boolean open = latch.await(limit.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
            assertThat(open || limit.toMillis() < 1000).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
