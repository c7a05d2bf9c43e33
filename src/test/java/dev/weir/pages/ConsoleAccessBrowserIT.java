package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Ids;
import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets into the console, and how far. */
class ConsoleAccessBrowserIT extends Screen {

    private static final Pattern VIEW_STATE =
            Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]* value=\"([^\"]+)\"");

    private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

    private final WeirClient admin = server.client("admin");
    private final String login = "olga-" + Ids.next().substring(0, 8);

    @BeforeAll
    void make_an_auditor() {
        admin.call(
                "POST",
                "/api/users",
                "{\"login\":\"%s\",\"name\":\"Olga\",\"roles\":[\"auditor\"],\"password\":\"%s\"}"
                        .formatted(login, WeirServer.PASSWORD));
    }

    private WeirClient auditor() {
        return server.client(login);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "consumption",
                "models",
                "rooms",
                "users",
                "organisations",
                "keys",
                "interceptors",
                "bench",
                "budgets",
                "budget",
                "simulation",
                "cluster"
            })
    void an_auditor_sees_every_page_and_no_button_that_changes_anything(String path) {
        anna.room("quick");
        browser.signInAs(auditor(), address());

        ConsolePage page = ConsolePage.open(browser, address(), path);

        assertThat(page.buttons()).isSubsetOf("Find", "Show", "Export as CSV");
        assertThat(browser.all("main form:not([method=get]), dialog")).isEmpty();
        assertThat(browser.one(".side").getText()).contains("Auditor");
        browser.assertAccessible("auditor: " + path);
    }

    @Test
    void what_an_auditor_sends_by_hand_is_refused() {
        String room = anna.room("quick");
        WeirClient auditor = auditor();
        HttpResponse<String> page = auditor.get("/admin/rooms?q=" + room);
        assertThat(page.body()).contains(room).doesNotContain("deleteRoom");

        HttpResponse<String> answer = forge(auditor, page, room);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(anna.get("/api/rooms/" + room).statusCode()).isEqualTo(200);
        HttpResponse<String> theirs = admin.get("/admin/rooms?q=" + room);
        assertThat(forge(admin, theirs, room).statusCode()).isEqualTo(200);
        assertThat(anna.get("/api/rooms/" + room).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1:2", "-1:-2", "stateless", "%00", "AAAA/+=="})
    void what_no_page_of_ours_would_send_fails_nothing(String state) {
        HttpResponse<String> page = admin.get("/admin/rooms");

        assertThat(send(admin, page, "deleteRoomForm=deleteRoomForm&jakarta.faces.ViewState=" + state)
                        .statusCode())
                .isLessThan(500);
    }

    /** Sends what the page's form would send to delete a room. */
    private static HttpResponse<String> forge(WeirClient client, HttpResponse<String> page, String room) {
        return send(
                client,
                page,
                "deleteRoomForm=deleteRoomForm&deleteRoomForm%3Achosen=" + room
                        + "&deleteRoomForm%3Ayes=deleteRoomForm%3Ayes&primefaces.nonce=" + found(NONCE, page)
                        + "&jakarta.faces.ViewState="
                        + URLEncoder.encode(found(VIEW_STATE, page), StandardCharsets.UTF_8));
    }

    private static String found(Pattern pattern, HttpResponse<String> page) {
        Matcher matcher = pattern.matcher(page.body());
        return matcher.find() ? matcher.group(1) : "";
    }

    private static HttpResponse<String> send(WeirClient client, HttpResponse<String> page, String form) {
        String cookies = Stream.concat(
                        Stream.of(client.cookie()),
                        page.headers().allValues("Set-Cookie").stream().map(it -> it.replaceFirst(";.*", "")))
                .collect(Collectors.joining("; "));
        return client.send(HttpRequest.newBuilder(URI.create(client.origin() + "/admin/rooms"))
                .header("Cookie", cookies)
                .header("Origin", client.origin())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    @Test
    void an_auditor_watches_live() {
        browser.signInAs(auditor(), address());

        ConsolePage.open(browser, address(), "").awaitLive();

        assertThat(browser.all("[id^='stopping']")).isEmpty();
    }

    @Test
    void a_user_is_told_that_the_console_is_not_for_them() {
        browser.signInAs(anna, address());
        browser.driver().get(address() + "/admin/");

        assertThat(browser.one("h1").getText()).isEqualTo("Not allowed");
        assertThat(browser.one("main").getText()).contains("ask an administrator");
        assertThat(anna.get("/admin/").statusCode()).isEqualTo(403);
        browser.assertAccessible("not allowed");
        browser.errors();
    }

    @Test
    void without_a_sign_in_one_comes_to_it_and_back() {
        browser.signOut();
        browser.driver().get(address() + "/admin/models");
        browser.one("#login").sendKeys(login);
        browser.one("#password").sendKeys(WeirServer.PASSWORD);
        browser.one("#submit").click();

        browser.untilTrue("the models", it -> "Models · Weir console".equals(it.getTitle()));
    }

    @Test
    void the_chat_page_leads_to_the_console_only_those_who_may_go_there() {
        browser.signInAs(anna, address());
        assertThat(account()).isNotEmpty().noneMatch(it -> it.contains("Console"));
        browser.signInAs(auditor(), address());
        assertThat(account()).anyMatch(it -> it.contains("Console"));
    }

    private List<String> account() {
        ChatPage page = ChatPage.open(browser, address(), "");
        browser.one("#who").click();
        browser.one(".menu");
        return page.menu();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin/rooms.xhtml",
                "/admin/index.xhtml",
                "//admin/index.xhtml",
                "/admin//index.xhtml",
                "/admin/./index.xhtml",
                "/admin/%69ndex.xhtml",
                "/admin/index.xhtml/",
                "/admin/index.xhtml;x=1",
                "/admin;x=1/index.xhtml",
                "/x/../admin/index.xhtml",
                "/assets/../admin/index.xhtml",
                "/webjars/..;/admin/index.xhtml",
                "/WEB-INF/admin/console.xhtml",
                "/WEB-INF/admin/tags/question.xhtml",
                "/WEB-INF/faces-config.xml",
                "/admin/../WEB-INF/admin/console.xhtml",
                "/jakarta.faces.resource/admin/index.xhtml",
                "/jakarta.faces.resource/index.xhtml?ln=admin",
                "/jakarta.faces.resource/index.xhtml.xhtml?ln=admin",
                "/jakarta.faces.resource/console.xhtml.xhtml?ln=../WEB-INF/admin",
                "/faces/admin/index.xhtml",
                "/admin/index.jsf",
                "/jakarta.faces.push/console",
            })
    void no_other_address_of_a_page_lets_anybody_else_in_or_shows_its_source(String path) {
        for (WeirClient client : List.of(WeirClient.anonymous(server), anna, auditor(), admin)) {
            HttpResponse<String> answer = client.get(path);
            assertThat(answer.body()).doesNotContain("ui:composition", "#{", "taglib", "faces-config");
            if (client.cookie().isEmpty() || client == anna) {
                assertThat(answer.body()).doesNotContain("Weir console", "ViewState");
            }
        }
    }

    @Test
    void figures_are_pushed_to_nobody_else() {
        for (WeirClient client : List.of(WeirClient.anonymous(server), anna)) {
            assertThatThrownBy(() -> HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .header("Cookie", client.cookie())
                            .header("Origin", client.origin())
                            .buildAsync(
                                    URI.create(client.origin().replace("http", "ws") + "/jakarta.faces.push/console"),
                                    new WebSocket.Listener() {})
                            .join())
                    .isInstanceOf(CompletionException.class);
        }
    }

    @Test
    void a_page_allows_its_own_scripts_and_no_others() {
        HttpResponse<String> page = admin.get("/admin/rooms");

        List<String> policies = page.headers().allValues("Content-Security-Policy");

        assertThat(policies)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it).contains("'nonce-").doesNotContain("unsafe"));
        assertThat(policies.getFirst()).contains("default-src 'self'", "style-src 'self'", "frame-ancestors 'none'");
        assertThat(page.body()).doesNotContain(" style=\"", " onclick=");
        assertThat(admin.get("/admin/rooms").headers().allValues("Content-Security-Policy"))
                .isNotEqualTo(policies);
    }
}
