package dev.weir.pages;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of the README: {@code mvn verify -Dit.test=ScreenshotsBrowserIT -Dweir.screenshots=docs/images}. */
@EnabledIfSystemProperty(named = "weir.screenshots", matches = ".+")
class ScreenshotsBrowserIT extends Screen {

    private final Path folder = Path.of(System.getProperty("weir.screenshots", "docs/images"));

    @Test
    void take() {
        browser.size(1280, 800);
        browser.driver().manage().deleteAllCookies();
        SignInPage.open(browser, address() + "/sign-in");
        browser.picture(folder.resolve("sign-in.png"));

        browser.signInAs(anna, address());
        for (String name : List.of("Reminder for the review", "Customers without orders", "What is a deadlock?")) {
            anna.call("POST", "/api/rooms", "{\"name\":\"" + name + "\",\"model\":\"careful\"}");
        }
        ChatPage page = open("").openModels();
        page.choose("Quick");
        page.ask("Compare REST and messaging in a table").awaitPhase("complete");
        browser.picture(folder.resolve("chat-1.png"));
        page.openModels().choose("Coder");
        page.ask("Write a SQL query that finds customers without orders").awaitPhase("complete");
        browser.picture(folder.resolve("chat.png"));
        browser.size(360, 740);
        browser.prefer("dark");
        browser.picture(folder.resolve("chat-dark-narrow.png"));
    }
}
