package dev.weir.pages;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import dev.weir.upstream.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of the README: {@code mvn verify -Dit.test=ScreenshotsBrowserIT -Dweir.screenshots=docs/images}. */
@EnabledIfSystemProperty(named = "weir.screenshots", matches = ".+")
class ScreenshotsBrowserIT {

    private static final String ANSWER = """
            Let every thread take its locks **in the same order**:

            ```java
            Account first = from.id() < to.id() ? from : to;
            synchronized (first) {
                synchronized (first == from ? to : from) {
                    to.give(from.take(cents));
                }
            }
            ```

            | way out | costs | when |
            | --- | --- | --- |
            | fixed order of locks | nothing at run time | all locks are known |
            | `tryLock` with a timeout | a retry | locks of others are involved |
            """;

    private final Path folder = Path.of(System.getProperty("weir.screenshots", "docs/images"));

    @Test
    void take() {
        try (WeirServer server = WeirServer.start(Map.of(
                        "weir.models.upstream.label", "Smart",
                        "weir.models.upstream.price.input", "3",
                        "weir.models.upstream.price.output", "15"));
                Browser browser = Browser.start()) {
            String address = server.uri("").toString();
            browser.prefer("light");
            browser.size(1280, 800);
            SignInPage.open(browser, address + "/sign-in");
            browser.picture(folder.resolve("sign-in.png"));

            WeirClient anna = server.client("anna");
            for (String name : List.of("Reminder for the review", "Customers without orders", "REST or messaging?")) {
                anna.call("POST", "/api/rooms", "{\"name\":\"" + name + "\",\"model\":\"careful\"}");
            }
            String room = anna.room("upstream");
            anna.call("PATCH", "/api/rooms/" + room, "{\"name\":\"Avoiding a deadlock\"}");
            browser.signInAs(anna, address);
            ChatPage page = ChatPage.open(browser, address, room);
            Script script = Script.begin().pause(Duration.ofMillis(400));
            server.upstream()
                    .answer(script.deltas(ANSWER.split("(?<= )"))
                            .finish("stop")
                            .usage(19, 168)
                            .done());
            page.ask("How do I avoid a deadlock in Java?").awaitPhase("complete");
            browser.picture(folder.resolve("chat.png"));
            browser.size(360, 740);
            browser.prefer("dark");
            browser.script("document.getElementById('scroller').scrollTop = 0");
            browser.picture(folder.resolve("chat-dark-narrow.png"));
            console(server, browser);
        }
    }

    /** The console with some turns in progress. */
    private void console(WeirServer server, Browser browser) {
        WeirClient admin = server.client("admin");
        WeirClient anna = server.client("anna");
        server.upstream().answer(Script.begin().deltas("Half").reset());
        anna.prompt(anna.room("upstream"), "Break off.");
        browser.prefer("light");
        browser.size(1280, 800);
        browser.signInAs(admin, server.uri("").toString());
        ConsolePage page = console(server, browser, "").awaitLive();
        for (String model : List.of("coder", "careful", "quick", "careful")) {
            WeirClient client = model.equals("coder") ? server.client("ben") : anna;
            client.prompt(client.room(model), "/demo long 4000");
            browser.untilTrue(
                    "its turn",
                    it -> browser.all("#turns tbody tr [data-cell=state]").stream()
                            .anyMatch(cell -> cell.getText().equals("writing")));
        }
        browser.untilTrue("a while of it", it -> browser.one("#turns").getText().contains("12 s"));
        page.rows();
        take(browser, "overview");
        browser.prefer("dark");
        take(browser, "overview-dark");
        browser.prefer("light");
        consumption(server, browser);
        console(server, browser, "models");
        take(browser, "models");
        console(server, browser, "rooms");
        take(browser, "rooms");
        console(server, browser, "keys").press("New key").write("key:name", "Nightly reports");
        take(browser, "new-key");
        console(server, browser, "interceptors");
        take(browser, "interceptors");
        console(server, browser, "bench").press("Names and numbers").press("Run");
        browser.script("document.getElementById('trial').scrollIntoView()");
        take(browser, "bench");
        console(server, browser, "users");
        take(browser, "users");
        console(server, browser, "audit");
        take(browser, "audit");
        budgets(server, browser);
        console(server, browser, "cluster");
        take(browser, "cluster");
        browser.size(360, 740);
        browser.prefer("dark");
        console(server, browser, "");
        take(browser, "overview-narrow");
    }

    /** Budgets in every state, and a simulation of one. */
    private void budgets(WeirServer server, Browser browser) {
        WeirClient admin = server.client("admin");
        for (String budget : List.of(
                "\"name\":\"Engineering, a month\",\"unit\":\"usd\",\"limit\":\"250.00\",\"period\":\"month\",\"scope\":{\"org\":\"default\"}",
                "\"name\":\"Ben, a day\",\"unit\":\"tokens\",\"limit\":3000,\"period\":\"day\",\"paused\":true",
                "\"name\":\"Coder\",\"unit\":\"output-tokens\",\"limit\":0,\"period\":\"rolling:PT24H\",\"scope\":{\"model\":\"coder\"}",
                "\"name\":\"All answers\",\"unit\":\"requests\",\"limit\":3,\"warn-at\":[0.3],\"period\":\"day\",\"at-limit\":\"degrade:quick@0.9\"")) {
            admin.call("POST", "/api/budgets", "{" + budget + "}");
        }
        server.client("anna").prompt(server.client("anna").room("quick"), "Hello");
        browser.untilTrue(
                "one that is nearly used up",
                it -> admin.get("/api/budgets?as=csv").body().contains(",warned,"));
        console(server, browser, "budgets");
        take(browser, "budgets");
        console(
                server,
                browser,
                "simulation?what=draft&limit=0.01&unit=usd&period=day&from="
                        + LocalDate.now(ZoneOffset.UTC).minusDays(1) + "&to="
                        + LocalDate.now(ZoneOffset.UTC).plusDays(1));
        take(browser, "simulation");
    }

    /** What is used, while answers stream under budgets; the turns of the overview go on. */
    private void consumption(WeirServer server, Browser browser) {
        WeirClient admin = server.client("admin");
        String ben = WeirClient.parse(server.client("ben").get("/api/session").body())
                .path("user")
                .path("id")
                .asText();
        for (String budget : List.of(
                "\"name\":\"Default, a month\",\"unit\":\"usd\",\"limit\":\"0.5\",\"period\":\"month\","
                        + "\"scope\":{\"org\":\"default\"},\"at-limit\":\"degrade:careful@0.8\"",
                "\"name\":\"Ben, a day\",\"unit\":\"tokens\",\"limit\":20000,\"period\":\"day\",\"warn-at\":[0.01],"
                        + "\"scope\":{\"user\":\"" + ben + "\"}")) {
            admin.call("POST", "/api/budgets", "{" + budget + "}");
        }
        console(server, browser, "consumption").awaitLive();
        for (String login : List.of("anna", "ben", "admin")) {
            WeirClient client = server.client(login);
            client.prompt(client.room("upstream"), "[[words=1500 pace=" + (20 + login.length() * 10) + "]]");
        }
        browser.untilTrue(
                "a while of it",
                it -> browser.all("#writing [data-cell=since]").stream()
                                .anyMatch(cell -> cell.getText().equals("18 s"))
                        && browser.all(".burn-down").size() == 2);
        take(browser, "consumption");
    }

    private ConsolePage console(WeirServer server, Browser browser, String path) {
        return ConsolePage.open(browser, server.uri("").toString(), path);
    }

    private void take(Browser browser, String name) {
        browser.picture(folder.resolve("console-" + name + ".png"));
    }
}
