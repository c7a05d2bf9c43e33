package dev.weir.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.identity.Caller;
import dev.weir.identity.Callers.Credentials;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.model.NodeRoles;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class GateFilterTest {

    private static final Caller ADA =
            new Caller(new User("u1", "ada", "Ada", "default", Set.of(Role.USER)), Credentials.NONE);

    private static final Set<String> NODES = Set.of("http://localhost:8081", "http://localhost:8082/weir");

    private final GateFilter filter =
            new GateFilter(new Boundary(Set.of("10.0.0.1"), Set.of(), false, () -> NODES, () -> true), NodeRoles.BOTH);
    private final Answered answered = new Answered();

    @Test
    void sends_a_browser_without_a_sign_in_to_the_sign_in_and_remembers_where_it_wanted_to_go() throws Exception {
        assertThat(passes(Asked.get("/").query("room=7"))).isFalse();

        assertThat(answered.status).isEqualTo(303);
        assertThat(answered.header("Location")).isEqualTo("/sign-in?next=%2F%3Froom%3D7");
        assertThat(answered.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void stays_within_the_context_root() throws Exception {
        passes(Asked.get("/").under("/weir"));

        assertThat(answered.header("Location")).isEqualTo("/weir/sign-in?next=%2Fweir%2F");
    }

    @Test
    void tells_programs_401() throws Exception {
        assertThat(passes(Asked.get("/api/rooms"))).isFalse();

        assertThat(answered.status).isEqualTo(401);
        assertThat(answered.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answered.body()).contains("\"status\":401", "\"code\":\"not-signed-in\"");
    }

    @Test
    void closes_the_stream_and_unknown_posts_alike() throws Exception {
        assertThat(passes(Asked.get("/stream/rooms/7"))).isFalse();
        assertThat(answered.status).isEqualTo(401);
        assertThat(passes(Asked.post("/anything"))).isFalse();
        assertThat(answered.status).isEqualTo(401);
    }

    @Test
    void tells_clients_of_openai_in_their_form() throws Exception {
        assertThat(passes(Asked.post("/v1/chat/completions"))).isFalse();

        assertThat(answered.status).isEqualTo(401);
        assertThat(answered.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answered.body()).startsWith("{\"error\":{").contains("\"code\":\"invalid_api_key\"");
    }

    @Test
    void lets_only_administrators_and_auditors_into_the_console() throws Exception {
        for (String path : new String[] {"/admin/", "/admin/rooms", "/jakarta.faces.push/overview"}) {
            assertThat(passes(Asked.get(path).by(ADA))).as(path).isFalse();
            assertThat(answered.status).isEqualTo(403);
            for (Role role : new Role[] {Role.ADMIN, Role.AUDITOR}) {
                assertThat(passes(Asked.get(path).by(with(role)))).as(path).isTrue();
            }
        }
        assertThat(passes(Asked.get("/admin/"))).isFalse();
        assertThat(answered.header("Location")).isEqualTo("/sign-in?next=%2Fadmin%2F");
    }

    @Test
    void lets_managers_to_the_pages_about_budgets_and_what_is_pushed_to_them_only() throws Exception {
        Caller manager = with(Role.MANAGER);
        for (String path : new String[] {
            "/admin/consumption",
            "/admin/consumption.xhtml",
            "/admin/budgets",
            "/admin/budget",
            "/admin/simulation",
            "/jakarta.faces.push/consumption"
        }) {
            assertThat(passes(Asked.get(path).by(manager))).as(path).isTrue();
            assertThat(passes(Asked.get(path).by(ADA))).as(path).isFalse();
        }
        for (String path : new String[] {
            "/admin/",
            "/admin",
            "/admin/rooms",
            "/admin/consumption/",
            "/admin/consumption/../rooms",
            "/admin/index.xhtml",
            "/jakarta.faces.push/console",
            "/jakarta.faces.push",
            "/metrics"
        }) {
            assertThat(passes(Asked.get(path).by(manager))).as(path).isFalse();
            assertThat(answered.status).isEqualTo(403);
        }
    }

    @Test
    void answers_everybody_about_its_health() throws Exception {
        assertThat(passes(Asked.get("/health/ready"))).isTrue();
        assertThat(answered.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void gives_the_metrics_to_those_who_oversee_and_to_programs_on_this_machine() throws Exception {
        assertThat(passes(Asked.get("/metrics"))).isFalse();
        assertThat(answered.status).isEqualTo(401);
        assertThat(passes(Asked.get("/metrics").by(ADA))).isFalse();
        assertThat(answered.status).isEqualTo(403);
        assertThat(passes(Asked.get("/metrics").by(with(Role.AUDITOR)))).isTrue();
        assertThat(passes(here())).isTrue();
    }

    @Test
    void does_not_take_a_proxy_on_this_machine_for_a_program_on_it() throws Exception {
        assertThat(passes(here().header("Host", "chat.example.org"))).isFalse();
        assertThat(passes(here().header("X-Forwarded-For", "192.0.2.9"))).isFalse();
        assertThat(passes(here().header("Via", "1.1 proxy"))).isFalse();
        assertThat(passes(here().from("127.example.org"))).isFalse();
    }

    @Test
    void gives_the_metrics_to_everybody_where_that_is_wanted() throws Exception {
        GateFilter open = new GateFilter(new Boundary(Set.of(), Set.of(), true, Set::of, () -> true), NodeRoles.BOTH);
        AtomicBoolean passed = new AtomicBoolean();
        open.doFilter(Asked.get("/metrics").request(), answered.response(), (request, response) -> passed.set(true));
        assertThat(passed).isTrue();
    }

    private static Asked here() {
        return Asked.get("/metrics").from("127.0.0.1").header("Host", "127.0.0.1:8080");
    }

    private static Caller with(Role role) {
        return new Caller(new User("u2", "bo", "Bo", "default", Set.of(role)), Credentials.NONE);
    }

    @Test
    void lets_the_signed_in_pass() throws Exception {
        assertThat(passes(Asked.get("/").by(ADA))).isTrue();
        assertThat(passes(Asked.post("/api/rooms").by(ADA).header("Origin", "http://chat.example.org:8080")))
                .isTrue();
    }

    @Test
    void refuses_what_another_site_makes_a_browser_send() throws Exception {
        var foreign = Asked.post("/api/rooms").by(ADA).header("Origin", "http://evil.example");

        assertThat(passes(foreign)).isFalse();
        assertThat(answered.status).isEqualTo(403);
        assertThat(answered.body()).contains("foreign-origin");
    }

    @Test
    void refuses_a_web_socket_of_another_site() throws Exception {
        var foreign = Asked.get("/stream/rooms/7")
                .by(ADA)
                .header("Upgrade", "websocket")
                .header("Origin", "http://evil.example");

        assertThat(passes(foreign)).isFalse();
        assertThat(answered.status).isEqualTo(403);
    }

    @Test
    void lets_everybody_have_the_files_of_the_sign_in_page() throws Exception {
        assertThat(passes(Asked.get("/assets/theme.css"))).isTrue();
        assertThat(answered.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(passes(Asked.get("/webjars/marked/17.0.1/lib/marked.esm.js")))
                .isTrue();
        assertThat(answered.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(passes(Asked.get("/sign-in"))).isTrue();
    }

    @Test
    void does_not_let_a_missing_file_be_kept() throws Exception {
        filter.doFilter(
                Asked.get("/webjars/none.js").request(),
                answered.response(),
                (request, response) -> ((HttpServletResponse) response).sendError(404));

        assertThat(answered.status).isEqualTo(404);
        assertThat(answered.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void protects_every_answer() throws Exception {
        passes(Asked.get("/"));

        assertThat(answered.header("Content-Security-Policy"))
                .contains("default-src 'self'", "frame-ancestors 'none'", "ws://chat.example.org:8080")
                .doesNotContain("unsafe");
        assertThat(answered.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answered.header("Strict-Transport-Security")).isNull();
    }

    @Test
    void keeps_a_strange_host_out_of_the_policy() throws Exception {
        passes(Asked.get("/").header("Host", "x; script-src *"));

        assertThat(answered.header("Content-Security-Policy"))
                .doesNotContain("script-src")
                .contains("connect-src 'self' http://localhost:8081 ws://localhost:8081 http://localhost:8082"
                        + " ws://localhost:8082;");
    }

    @Test
    void insists_on_https_where_there_is_https() throws Exception {
        passes(Asked.get("/").from("10.0.0.1").header("X-Forwarded-Proto", "https"));

        assertThat(answered.header("Strict-Transport-Security")).startsWith("max-age=");
    }

    @Test
    void lets_the_page_of_another_node_go_on_here() throws Exception {
        Asked asked = Asked.get("/stream/rooms/7")
                .header("Origin", "http://localhost:8082")
                .header("Sec-Fetch-Site", "same-site");

        assertThat(passes(asked.by(ADA))).isTrue();
        assertThat(answered.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:8082");
        assertThat(answered.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answered.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void answers_what_a_browser_asks_before_it_sends_a_command_of_another_nodes_page() throws Exception {
        Asked asked = Asked.options("/stream/rooms/7")
                .header("Origin", "http://localhost:8081")
                .header("Access-Control-Request-Method", "POST");

        assertThat(passes(asked)).isFalse();
        assertThat(answered.status).isEqualTo(204);
        assertThat(answered.header("Access-Control-Allow-Headers")).contains("Content-Type");
    }

    @Test
    void keeps_pages_out_that_are_only_near_a_node() throws Exception {
        for (String origin : List.of("http://localhost:9999", "https://localhost:8081", "http://localhost", "null")) {
            Asked asked = Asked.post("/stream/rooms/7").header("Origin", origin).header("Sec-Fetch-Site", "same-site");

            assertThat(passes(asked.by(ADA))).as(origin).isFalse();
            assertThat(answered.status).isEqualTo(403);
            assertThat(answered.header("Access-Control-Allow-Origin")).isNull();
        }
    }

    @Test
    void opens_only_what_the_chat_page_uses_to_another_nodes_page() throws Exception {
        for (String path : List.of("/sign-out", "/admin/users", "/v1/chat/completions", "/")) {
            Asked asked =
                    Asked.post(path).header("Origin", "http://localhost:8082").header("Sec-Fetch-Site", "same-site");

            assertThat(passes(asked.by(ADA))).as(path).isFalse();
            assertThat(answered.header("Access-Control-Allow-Origin")).isNull();
        }
    }

    @Test
    void a_node_that_carries_no_clients_serves_nothing_but_what_is_about_itself() throws Exception {
        GateFilter inference = new GateFilter(
                new Boundary(Set.of(), Set.of(), true, Set::of, () -> true), NodeRoles.parse("inference"));
        List<String> passed = new ArrayList<>();
        for (String path : List.of(
                "/",
                "/weir.js",
                "/sign-in",
                "/api/session",
                "/v1/models",
                "/stream/rooms/7",
                "/admin/",
                "/health/ready",
                "/metrics")) {
            answered.status = 200;
            inference.doFilter(
                    Asked.get(path).by(with(Role.ADMIN)).request(),
                    answered.response(),
                    (request, response) -> passed.add(path));
            assertThat(answered.status).as(path).isEqualTo(passed.contains(path) ? 200 : 421);
        }
        assertThat(passed).containsExactly("/health/ready", "/metrics");
    }

    private boolean passes(Asked asked) throws Exception {
        AtomicBoolean passed = new AtomicBoolean();
        filter.doFilter(asked.request(), answered.response(), (request, response) -> passed.set(true));
        return passed.get();
    }
}
