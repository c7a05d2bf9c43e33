package dev.weir.pages;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import dev.weir.upstream.Script;
import java.nio.file.Path;
import java.time.Duration;
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
        browser.size(360, 740);
        browser.prefer("dark");
        console(server, browser, "");
        take(browser, "overview-narrow");
    }

    private ConsolePage console(WeirServer server, Browser browser, String path) {
        return ConsolePage.open(browser, server.uri("").toString(), path);
    }

    private void take(Browser browser, String name) {
        browser.picture(folder.resolve("console-" + name + ".png"));
    }
}
