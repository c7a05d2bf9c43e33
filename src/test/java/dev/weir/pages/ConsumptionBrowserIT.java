package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Ids;
import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.WebElement;

/** What is used, watched live in the console: by an administrator, and by managers of organisations. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsumptionBrowserIT {

    private final WeirServer server = WeirServer.start(Map.of(
            "weir.interceptors.redact.mode", "off",
            "weir.interceptors.safety.mode", "off",
            "weir.budget.lease-tokens", "32",
            "weir.budget.wait", "PT30S"));
    private final Browser console = Browser.start();
    private final Browser chat = Browser.start();
    private final WeirClient admin = server.client("admin");

    /** What is new for each test: an organisation with somebody who asks, and a manager. */
    private String tag = "";

    private String organisation = "";
    private WeirClient bea = admin;
    private WeirClient manager = admin;

    @BeforeEach
    void make_an_organisation() {
        tag = Ids.next().substring(0, 8);
        organisation = made("/api/organisations", object().put("name", "Acme " + tag));
        bea = user("Bea", "user");
        manager = user("Mia", "manager");
        chat.signInAs(bea, address());
    }

    private WeirClient user(String name, String role) {
        String login = name.toLowerCase(Locale.ROOT) + "-" + tag;
        ObjectNode user =
                object().put("login", login).put("name", name + " " + tag).put("organisation", organisation);
        made(
                "/api/users",
                user.put("password", WeirServer.PASSWORD)
                        .set("roles", user.arrayNode().add(role)));
        return server.client(login);
    }

    private String made(String path, Object body) {
        HttpResponse<String> made = admin.call("POST", path, body.toString());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return WeirClient.parse(made.body()).path("id").asText();
    }

    private static ObjectNode object() {
        return (ObjectNode) WeirClient.parse("{}");
    }

    /** A budget of the organisation. */
    private String budget(String name, long outputTokens, String atLimit) {
        ObjectNode budget =
                object().put("name", name).put("unit", "output-tokens").put("limit", outputTokens);
        budget.put("period", "month").put("at-limit", atLimit);
        budget.putArray("warn-at").add(0.3);
        budget.putObject("scope").put("org", organisation);
        return made("/api/budgets", budget);
    }

    private void raise(String budget, long limit) {
        HttpResponse<String> raised = admin.call("PATCH", "/api/budgets/" + budget, "{\"limit\":" + limit + "}");
        assertThat(raised.statusCode()).as(raised.body()).isEqualTo(200);
    }

    @AfterEach
    void no_errors() {
        console.size(1280, 800);
        assertThat(console.errors()).isEmpty();
        assertThat(chat.errors()).isEmpty();
    }

    @AfterAll
    void stop() {
        console.close();
        chat.close();
        server.close();
    }

    private String address() {
        return server.uri("").toString();
    }

    private ConsolePage consumption(WeirClient client) {
        console.signInAs(client, address());
        return ConsolePage.open(console, address(), "consumption").awaitLive();
    }

    private void await(String css, String part) {
        console.untilTrue(
                "“" + part + "” in " + css,
                it -> console.all(css).stream().anyMatch(one -> one.getText().contains(part)));
    }

    private String figure(String id) {
        return console.one("#" + id).getText();
    }

    private List<String> texts(String css) {
        return console.all(css).stream().map(WebElement::getText).toList();
    }

    /** What the chat page says of the answer that is being written. */
    private void awaitNotice(String part) {
        chat.untilTrue(
                "a notice with “" + part + "”",
                it -> chat.all(".notice").stream().anyMatch(one -> one.getText().contains(part)));
    }

    @Test
    void a_live_answer_is_watched_and_stopped() {
        budget("Enough", 5_000_000, "cut");
        ConsolePage page = consumption(admin);
        String room = bea.room("upstream");

        bea.prompt(room, "[[words=5000 pace=20]]");

        page.awaitRow(room);
        console.untilTrue("tokens a second", it -> !figure("tokens").equals("0"));
        console.untilTrue("dollars a second", it -> !figure("dollars").equals("$0"));
        assertThat(texts("#writing tbody tr"))
                .anySatisfy(it -> assertThat(it).contains("Bea " + tag, "upstream", room, "$", "s", "Stop"));
        String before = console.one("#writing [data-cell=tokens]").getText();
        console.untilTrue(
                "more tokens",
                it -> !console.one("#writing [data-cell=tokens]").getText().equals(before));
        await("#spenders tbody tr", "Bea " + tag);
        for (String by : List.of("organisation Acme " + tag, "room " + room, "model upstream")) {
            console.one("#split input[value=" + by.substring(0, by.indexOf(' ')) + "]")
                    .click();
            await("#spenders tbody tr", by.substring(by.indexOf(' ') + 1));
            console.untilTrue(
                    "it in the chart",
                    it -> String.valueOf(console.one(".chart canvas").getDomAttribute("aria-label"))
                            .contains(by.substring(by.indexOf(' ') + 1)));
        }
        await(".burn-down", "Enough");
        await(".burn-down", "Does not run out in this period");
        console.assertAccessible("consumption with an answer under way");

        page.press("Stop the answer for Bea " + tag + " with upstream").awaitNoRow(room);

        ChatPage seen = ChatPage.open(chat, address(), room).awaitPhase("stopped");
        assertThat(seen.outcome()).contains("Administrator");
        console.untilTrue("no answers", it -> figure("running").equals("0"));
    }

    @Test
    void a_budget_degrades_then_cuts_then_is_raised_and_the_answer_goes_on() {
        String budget = budget("Team " + tag, 400, "degrade:careful@0.5");
        consumption(admin);
        ChatPage page = ChatPage.open(chat, address(), bea.room("upstream"));

        page.ask("[[words=5 usage=5,250]]").awaitPhase("complete");
        await("#alerts li", "Team " + tag + " at 62 %");
        await(".burn-down", "150 of 400 output tokens left");

        page.ask("/demo long 4000");
        await("#alerts li", "Another model answers Bea " + tag + " instead of upstream");
        awaitNotice("This answer waits up to");
        await(".burn-down[data-forecast=spent]", "Used up.");
        console.assertAccessible("consumption with a budget that is used up");
        assertThat(texts("#alerts li"))
                .filteredOn(it -> it.contains("Another model answers"))
                .hasSize(1);
        chat.untilTrue("its end", Duration.ofMinutes(1), it -> "over-budget".equals(page.phase()));
        assertThat(page.outcome()).contains("Team " + tag);
        await("#alerts li", "An answer of " + label("careful") + " for Bea " + tag + " was cut");

        raise(budget, 1_000);
        await(".burn-down", "of 1,000 output tokens left");
        page.ask("[[words=900 pace=5]]");
        awaitNotice("This answer waits up to");
        await(".burn-down[data-forecast=spent]", "Used up.");
        raise(budget, 1_000_000_000);

        page.awaitPhase("complete");
        assertThat(page.answer()).endsWith("word900");
        await(".burn-down[data-forecast=lasts]", "of 1,000,000,000 output tokens left");
    }

    private String label(String model) {
        for (var each : WeirClient.parse(admin.get("/api/models").body()).path("models")) {
            if (each.path("name").asText().equals(model)) {
                return each.path("label").asText();
            }
        }
        return model;
    }

    @Test
    void a_manager_sees_the_own_organisation_only_and_stops_its_answers() {
        WeirClient anna = server.client("anna");
        budget("Ours " + tag, 1_000_000, "cut");
        String theirs = made(
                "/api/budgets",
                object().put("name", "Theirs " + tag)
                        .put("unit", "tokens")
                        .put("limit", 1_000_000)
                        .put("period", "day"));
        String own = bea.room("upstream");
        String other = anna.room("upstream");
        ConsolePage page = consumption(manager);
        bea.prompt(own, "[[words=5000 pace=20]]");
        String foreign =
                anna.prompt(other, "[[words=5000 pace=20]]").path("turn").asText();

        page.awaitRow(own);
        await(".burn-down", "Ours " + tag);
        await("#spenders tbody tr", "Bea " + tag);
        assertThat(figure("running")).isEqualTo("1");
        String shown = console.one("main").getText();
        assertThat(shown).doesNotContain(other, "Anna", "Theirs " + tag);
        assertThat(console.driver().getPageSource()).doesNotContain(other, "Theirs " + tag);
        assertThat(texts(".places .place")).containsExactly("Consumption", "Budgets");
        assertThat(console.one(".side").getText()).contains("Manager");
        assertThat(console.all("#split input[value=organisation]")).isEmpty();
        console.assertAccessible("consumption for a manager");
        console.size(360, 740);
        assertThat(console.scrollsSideways()).isFalse();
        console.size(1280, 800);
        assertThat(console.scrollsSideways()).isFalse();

        page.press("Stop the answer for Bea " + tag + " with upstream").awaitNoRow(own);
        String csv = console.until(
                "what it used, which the database has a moment later",
                it -> Optional.of(manager.get("/api/usage?by=org,user&as=csv").body())
                        .filter(body -> body.contains("Bea " + tag) && body.contains("Acme " + tag)));
        assertThat(csv).doesNotContain("Anna");
        anna.stop(other, foreign);
        admin.call("DELETE", "/api/budgets/" + theirs, null);
    }

    @Test
    void a_manager_makes_and_raises_budgets_of_the_own_organisation_only() {
        String theirs = made(
                "/api/budgets",
                object().put("name", "Foreign " + tag)
                        .put("unit", "tokens")
                        .put("limit", 1_000_000)
                        .put("period", "day"));
        console.signInAs(manager, address());
        ConsolePage page = ConsolePage.open(console, address(), "budgets");

        page.press("New budget")
                .write("budget:name", "Own " + tag)
                .write("budget:limit", "2.5")
                .press("Make it");
        page.awaitSaid("in force now").awaitNoDialog().awaitRow("Own " + tag);
        page.press("Raise the limit of Own " + tag).write("raise:limit", "3").press("Set it");
        page.awaitSaid("is $3").awaitNoDialog();

        assertThat(console.driver().getPageSource()).doesNotContain("Foreign " + tag);
        HttpResponse<String> all = admin.get("/api/budgets");
        assertThat(WeirClient.parse(all.body()).path("budgets"))
                .filteredOn(it -> it.path("name").asText().equals("Own " + tag))
                .singleElement()
                .satisfies(
                        it -> assertThat(it.path("scope").path("org").asText()).isEqualTo(organisation));
        ConsolePage.open(console, address(), "budget?id=" + theirs);
        assertThat(console.driver().getPageSource()).doesNotContain("Foreign " + tag);
        assertThat(ConsolePage.open(console, address(), "simulation").title()).isEqualTo("What would it have cost?");
        admin.call("DELETE", "/api/budgets/" + theirs, null);
    }

    @Test
    void every_other_page_and_what_is_pushed_to_it_is_forbidden_for_a_manager() {
        for (String page : List.of(
                "",
                "models",
                "interceptors",
                "bench",
                "rooms",
                "users",
                "user",
                "organisations",
                "keys",
                "audit",
                "cluster",
                "cluster-nodes",
                "index.xhtml",
                "rooms.xhtml",
                "consumption/../rooms",
                "consumption;x=1/../rooms")) {
            assertThat(manager.get("/admin/" + page).statusCode()).as(page).isNotEqualTo(200);
            assertThat(manager.get("/admin/" + page).body()).as(page).doesNotContain("ViewState");
        }
        assertThat(manager.get("/admin/rooms").statusCode()).isEqualTo(403);
        assertThat(manager.get("/admin/consumption").statusCode()).isEqualTo(200);
        assertThat(bea.get("/admin/consumption").statusCode()).isEqualTo(403);
        for (String channel : List.of("console", "other")) {
            assertThatThrownBy(() -> HttpClient.newHttpClient()
                            .newWebSocketBuilder()
                            .header("Cookie", manager.cookie())
                            .header("Origin", manager.origin())
                            .buildAsync(
                                    URI.create(address().replace("http", "ws") + "/jakarta.faces.push/" + channel),
                                    new WebSocket.Listener() {})
                            .join())
                    .isInstanceOf(CompletionException.class);
        }
        chat.signInAs(manager, address());
        ChatPage page = ChatPage.open(chat, address(), "").openAccount();
        page.choose("Console");
        chat.untilTrue("the page", it -> "Consumption · Weir console".equals(it.getTitle()));
    }

    @Test
    void where_nothing_has_happened_the_page_says_what_will_be_there_and_exports() {
        consumption(manager);

        assertThat(console.one("main").getText())
                .contains("No budgets", "Nothing was used today", "Nothing is being written", "Nothing has happened");
        console.assertAccessible("consumption of nobody");
        HttpResponse<String> csv = manager.get("/api/usage?as=csv&from=2026-01-01&to=2026-12-31&by=day,user");
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.headers().firstValue("Content-Disposition").orElse(""))
                .contains("attachment", "weir-usage-2026-01-01-to-2026-12-31.csv");
        assertThat(csv.body())
                .isEqualTo(
                        "day,user,user-name,answers,input-tokens,cached-input-tokens,output-tokens,reasoning-tokens,usd\r\n");
        HttpResponse<String> asked =
                manager.send(manager.request("/api/usage?by=user").header("Accept", "text/csv"));
        assertThat(asked.body()).startsWith("user,user-name,");
        assertThat(console.one("#export button").getText()).isEqualTo("Export as CSV");
        console.one("#export button").click();
        assertThat(console.one("h1").getText()).isEqualTo("Consumption");
    }
}
