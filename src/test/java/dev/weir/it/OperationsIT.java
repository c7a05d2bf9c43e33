package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A node with a database of its own over the network, and with tracing on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // made before all tests
class OperationsIT {

    private static final String QUESTION = "What is Kieselalgenkunde?";

    private EmbeddedPostgres postgres;
    private CutWire wire;
    private HttpServer collector;
    private WeirServer server;
    private WeirClient anonymous;
    private final List<String> traces = new CopyOnWriteArrayList<>();

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start();
        wire = new CutWire(postgres.getPort());
        collector = collector();
        server = WeirServer.start(Map.of(
                "weir.database.url", "jdbc:postgresql://127.0.0.1:" + wire.port() + "/postgres",
                "weir.database.user", "postgres",
                "weir.database.password", "postgres",
                "otel.sdk.disabled", "false",
                "otel.traces.exporter", "otlp",
                "otel.metrics.exporter", "none",
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.exporter.otlp.endpoint",
                        "http://127.0.0.1:" + collector.getAddress().getPort(),
                "otel.service.name", "weir-test",
                "otel.bsp.schedule.delay", "200"));
        anonymous = WeirClient.anonymous(server);
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        collector.stop(0);
        wire.close();
        postgres.close();
    }

    /** Takes spans as an OpenTelemetry collector does (OTLP/HTTP); their words can be read in what is sent. */
    private HttpServer collector() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        http.createContext("/v1/traces", exchange -> {
            traces.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        http.start();
        return http;
    }

    private int status(String path) {
        return anonymous.get(path).statusCode();
    }

    @Test
    void is_not_ready_while_the_database_is_away_and_ready_again_after() {
        await().atMost(Duration.ofSeconds(30)).until(() -> status("/health/ready") == 200);
        assertThat(anonymous.get("/health/ready").body()).contains("\"database\":\"answers in ");
        assertThat(status("/health/started")).isEqualTo(200);

        wire.cut();
        await().atMost(Duration.ofSeconds(60)).until(() -> status("/health/ready") == 503);
        HttpResponse<String> down = anonymous.get("/health/ready");
        assertThat(down.body())
                .contains("\"status\":\"DOWN\"", "\"cluster\":\"answers in ")
                .doesNotContain("jdbc", "postgres");
        assertThat(status("/health/live")).isEqualTo(200);
        assertThat(status("/health/started")).isEqualTo(200);
        assertThat(anonymous.get("/metrics?scope=application").body())
                .containsPattern("(?m)^weir_ready\\{[^}]*} 0\\.0$");

        wire.mend();
        await().atMost(Duration.ofSeconds(60)).until(() -> status("/health/ready") == 200);
    }

    @Test
    void sends_a_span_for_each_answer_without_any_text() {
        WeirClient admin = server.client("admin");
        String turn = admin.prompt(admin.room("quick"), QUESTION).path("turn").asText();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> String.join("", traces).contains(turn));
        assertThat(String.join("", traces))
                .contains("weir-test", "chat quick", "gen_ai.operation.name", "gen_ai.provider.name")
                .contains("gen_ai.request.model", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens")
                .contains("gen_ai.response.finish_reasons", "weir.first_delta", "complete")
                .doesNotContain("Kieselalgenkunde", WeirServer.PASSWORD, admin.token());
    }
}
