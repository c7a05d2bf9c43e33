package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.upstream.Script;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The audit of a real server: what it records, who reads it, and that a change in the database shows. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AuditIT {

    private static final String SHOWN = "0123456789".repeat(20);
    private static final String BEYOND = "Kieselalge";

    /** Until what happened is written. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init") // by start()
    private static WeirServer server;

    @BeforeAll
    static void start() {
        server = WeirServer.start(Map.of("weir.interceptors.length.max-characters", "200"));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    private static JsonNode records(WeirClient client, String query) {
        return WeirClient.parse(client.get("/api/audit?" + query).body()).path("records");
    }

    private static List<String> values(JsonNode records, String field) {
        List<String> values = new ArrayList<>();
        records.forEach(it -> values.add(it.path(field).asText()));
        return values;
    }

    /** Asks the upstream model for an answer that is cut at 200 characters, and waits for its end in the audit. */
    private static String asked(WeirClient client) {
        String room = client.room("upstream");
        server.upstream()
                .answer(Script.begin()
                        .deltas(SHOWN.substring(0, 150), SHOWN.substring(150) + BEYOND)
                        .finish("stop")
                        .done());
        client.prompt(room, "What is a weir?");
        WeirClient admin = server.client("admin");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !records(admin, "kind=turn-ended&room=" + room).isEmpty());
        return room;
    }

    @Test
    @Order(1)
    void records_what_was_let_through_and_shows_it_to_members_only() {
        WeirClient anna = server.client("anna");
        WeirClient admin = server.client("admin");
        String room = asked(anna);
        JsonNode records = records(admin, "room=" + room);

        assertThat(values(records, "kind"))
                .startsWith("turn-ended")
                .contains("room", "turn-started", "text", "verdict")
                .endsWith("room");
        assertThat(records.toString()).doesNotContain("0123", BEYOND, "What is a weir?");
        assertThat(values(records, "textMissing")).contains("hidden");
        JsonNode ended = records.get(0);
        assertThat(ended.path("action").asText()).isEqualTo("blocked");
        assertThat(ended.path("user").asText()).isNotEmpty();
        assertThat(ended.path("model").asText()).isEqualTo("upstream");
        assertThat(values(records(admin, "user=anna&kind=turn-ended"), "room")).contains(room);
        assertThat(anna.get("/api/audit").statusCode()).isEqualTo(403);

        JsonNode own = records(admin, "kind=text&room=" + asked(admin));
        List<String> texts = new ArrayList<>(values(own, "text"));
        java.util.Collections.reverse(texts);
        assertThat(String.join("", texts)).isEqualTo(SHOWN);
    }

    @Test
    @Order(2)
    void records_what_administrators_do_and_who_signs_in_without_secrets() {
        WeirClient admin = server.client("admin");
        WeirClient anna = server.client("anna");
        String made = WeirClient.parse(admin.call("POST", "/api/organisations", "{\"name\":\"Harbour\"}")
                        .body())
                .path("id")
                .asText();
        JsonNode user = WeirClient.parse(
                admin.call("POST", "/api/users", "{\"login\":\"carl\"}").body());
        JsonNode key = WeirClient.parse(
                admin.call("POST", "/api/keys", "{\"name\":\"Nightly\"}").body());
        admin.call("DELETE", "/api/organisations/" + made, null);
        anna.call("DELETE", "/api/users/" + user.path("id").asText(), null);
        WeirClient.anonymous(server).trySignIn("anna", "Not-the-password-1");
        WeirClient.anonymous(server).trySignIn("Typed-Here-By-Mistake", "x");

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(values(records(admin, "kind=admin"), "action"))
                        .startsWith("organisation.delete", "key.create", "user.create", "organisation.create"));
        assertThat(records(admin, "kind=admin&user=carl").get(0).path("text").asText())
                .contains("login carl");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(values(records(admin, "kind=refused"), "action"))
                        .contains("user.delete"));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(values(records(admin, "kind=sign-in&user=anna"), "action"))
                        .startsWith("sign-in.refused"));
        String all = export(admin);
        assertThat(all)
                .doesNotContain(WeirServer.PASSWORD, WeirServer.ADMIN_KEY, WeirServer.API_KEY)
                .doesNotContain(user.path("password").asText(), key.path("key").asText())
                .doesNotContain(admin.token(), anna.token(), "Not-the-password", "typed-here", "Typed-Here");
    }

    private static String export(WeirClient client) {
        HttpResponse<String> response =
                client.send(client.request("/api/audit").header("Accept", "application/x-ndjson"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/x-ndjson");
        return response.body();
    }

    @Test
    @Order(3)
    void exports_every_record_as_a_line_and_records_that() {
        WeirClient admin = server.client("admin");
        List<JsonNode> lines = await().atMost(SOON)
                .until(() -> export(admin).lines().map(WeirClient::parse).toList(), it -> !it.isEmpty());

        assertThat(lines).extracting(it -> it.path("seq").asLong()).isSorted().doesNotHaveDuplicates();
        assertThat(lines.getFirst().path("seq").asLong()).isEqualTo(1);
        assertThat(lines).allSatisfy(it -> assertThat(it.path("hash").asText()).hasSize(64));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(values(records(admin, "kind=read"), "action"))
                        .contains("audit.export"));
        assertThat(admin.get("/api/audit?as=lines&kind=gap").body()).isEmpty();

        JsonNode first = WeirClient.parse(admin.get("/api/audit?limit=3").body());
        JsonNode second = WeirClient.parse(
                admin.get("/api/audit?limit=3&after=" + first.path("next").asText())
                        .body());
        assertThat(values(second.path("records"), "seq"))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(values(first.path("records"), "seq"));
    }

    @Test
    @Order(4)
    void is_checked_from_outside_and_a_change_in_the_database_shows() throws Exception {
        WeirClient admin = server.client("admin");
        assertThat(verify().text()).contains("in use");
        assertThat(verify().code()).isEqualTo(2);
        JsonNode chain = WeirClient.parse(admin.get("/api/audit/chains").body())
                .path("chains")
                .get(0);
        String noted = chain.path("chain").asText() + " " + chain.path("last").asText() + " "
                + chain.path("hash").asText();
        server.restart();
        server.stop();

        Checked whole = verify("--noted", noted);
        assertThat(whole.text()).contains("The audit is whole.");
        assertThat(whole.code()).isZero();

        execute("UPDATE audit_record SET subject = 'nobody' WHERE seq = (SELECT MIN(seq) FROM audit_record"
                + " WHERE action = 'user.create')");
        Checked changed = verify();
        assertThat(changed.text()).contains("was changed", "NOT as it was written");
        assertThat(changed.code()).isEqualTo(1);

        execute("DELETE FROM audit_record WHERE seq >= " + chain.path("last").asLong());
        assertThat(verify("--noted", noted).text()).contains("last records are missing");
    }

    private record Checked(int code, String text) {}

    private static Checked verify(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "./weir",
                "audit",
                "verify",
                "--war",
                WeirServer.builtWar().toString(),
                "--data",
                server.data().toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Checked(process.waitFor(), text);
    }

    private static void execute(String sql) throws SQLException {
        String url = "jdbc:h2:file:" + server.data().toAbsolutePath().resolve("weir");
        try (Connection connection = DriverManager.getConnection(url, "weir", "");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            assertThat(statement.executeUpdate()).isPositive();
        }
    }
}
