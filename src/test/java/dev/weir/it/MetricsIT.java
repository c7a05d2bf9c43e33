package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What Prometheus gets from the running product, and what deploy/ makes of it. */
class MetricsIT {

    private static final Pattern NAME = Pattern.compile("weir_[a-z0-9_]+");
    private static final Path DEPLOY = Path.of("deploy");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WeirServer server = WeirServer.shared();
    private final WeirClient anonymous = WeirClient.anonymous(server);
    private final Scrape metrics = new Scrape(server);

    private double sum(String name, String label) {
        return metrics.sum(name, label);
    }

    private String ask(String text) {
        WeirClient anna = server.client("anna");
        String room = anna.room("quick");
        return anna.prompt(room, text).path("turn").asText();
    }

    /** Answers of other tests may still be written, and would be counted too. */
    private void awaitNoAnswer() {
        await().atMost(Duration.ofMinutes(3)).until(() -> sum("weir_turns_running", "") == 0);
    }

    @Test
    void counts_an_answer() {
        awaitNoAnswer();
        double before = sum("weir_turns_total", "model=\"quick\"");
        double tokens = sum("weir_output_tokens_total", "model=\"quick\"");
        double waits = sum("weir_time_to_first_delta_seconds_count", "model=\"quick\"");
        double gaps = sum("weir_time_between_deltas_seconds_count", "model=\"quick\"");
        double appends = sum("weir_log_append_seconds_count", "");
        double follows = sum("weir_log_follow_seconds_count", "");

        ask("What is a weir?");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(sum("weir_turns_total", "model=\"quick\"")).isGreaterThan(before);
            assertThat(sum("weir_output_tokens_total", "model=\"quick\"")).isGreaterThan(tokens);
            assertThat(sum("weir_time_to_first_delta_seconds_count", "model=\"quick\""))
                    .isGreaterThan(waits);
            assertThat(sum("weir_time_between_deltas_seconds_count", "model=\"quick\""))
                    .isGreaterThan(gaps);
            assertThat(sum("weir_log_append_seconds_count", "")).isGreaterThan(appends);
            assertThat(sum("weir_log_follow_seconds_count", "")).isGreaterThan(follows);
        });
        await().atMost(PATIENCE).until(() -> sum("weir_ready", "") == 1);
    }

    @Test
    void counts_connections_by_transport() {
        WeirClient anna = server.client("anna");
        String room = anna.room("quick");
        // Again when one of another test has ended meanwhile.
        await().atMost(PATIENCE).untilAsserted(() -> {
            double open = sum("weir_connections_open", "transport=\"websocket\"");
            double replays = sum("weir_replays_total", "transport=\"websocket\"");
            try (RoomReader reader = RoomReader.follow(anna, room, Transport.WEBSOCKET)) {
                reader.begun();
                assertThat(sum("weir_connections_open", "transport=\"websocket\""))
                        .isGreaterThan(open);
                assertThat(sum("weir_replays_total", "transport=\"websocket\"")).isGreaterThan(replays);
            }
        });
    }

    @Test
    void is_accepted_by_the_checker_of_prometheus() throws Exception {
        Promtool.accepts(metrics.text(), "check", "metrics");
        Promtool.accepts("", "check", "config", "deploy/prometheus/prometheus.yml");
        Promtool.accepts("", "check", "rules", "deploy/prometheus/weir-alerts.yml");
        Promtool.accepts("", "test", "rules", "deploy/prometheus/weir-alerts.test.yml");
    }

    @Test
    void has_every_metric_that_the_dashboard_and_the_alerts_name() throws IOException {
        Set<String> there = names(metrics.text());
        for (Path file : List.of(
                DEPLOY.resolve("grafana/weir.json"),
                DEPLOY.resolve("prometheus/weir-alerts.yml"),
                DEPLOY.resolve("prometheus/weir-alerts.test.yml"))) {
            assertThat(there).as(file.toString()).containsAll(names(Files.readString(file)));
        }
    }

    @Test
    void explains_every_metric_in_the_documentation() throws IOException {
        Set<String> explained = names(Files.readString(Path.of("docs/telemetry.md")));
        assertThat(metrics.text().lines().filter(it -> it.startsWith("# TYPE ")).map(it -> it.split(" ")[2]))
                .allSatisfy(it -> assertThat(explained).contains(it));
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    @Test
    void prints_no_sample_twice_whatever_is_asked_for() {
        for (String query : List.of("", "?scope=application", "?scope=base", "?name=weir_ready")) {
            HttpResponse<String> response = anonymous.get("/metrics" + query);
            assertThat(response.statusCode()).as(query).isEqualTo(200);
            assertThat(response.body()
                            .lines()
                            .filter(it -> query.isEmpty() || query.contains("application"))
                            .map(it -> it.startsWith("#") ? it : it.substring(0, it.lastIndexOf(' '))))
                    .as(query)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shows_no_text_no_name_and_no_secret() {
        awaitNoAnswer();
        double before = sum("weir_turns_total", "model=\"quick\"");

        ask("Kieselalgenfrage");

        await().atMost(PATIENCE).until(() -> sum("weir_turns_total", "model=\"quick\"") > before);
        assertThat(anonymous.get("/metrics").body())
                .contains("weir_turns_total")
                .doesNotContain("Kieselalgenfrage", "anna", "Anna", WeirServer.PASSWORD, WeirServer.API_KEY);
    }

    @Test
    void gives_the_metrics_through_a_proxy_only_to_those_who_oversee() {
        assertThat(forwarded(anonymous)).isEqualTo(401);
        assertThat(forwarded(server.client("anna"))).isEqualTo(403);
        assertThat(forwarded(server.client("admin"))).isEqualTo(200);
    }

    private static int forwarded(WeirClient client) {
        return client.send(client.request("/metrics")
                        .header("X-Forwarded-For", "192.0.2.7")
                        .GET())
                .statusCode();
    }
}
