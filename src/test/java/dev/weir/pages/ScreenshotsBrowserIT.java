package dev.weir.pages;

import java.nio.file.Path;
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
        for (String name :
                new String[] {"Reminder for the review", "Customers without orders", "What is a deadlock?"}) {
            anna.call("POST", "/api/rooms", "{\"name\":\"" + name + "\",\"model\":\"careful\"}");
        }
        ChatPage page = open("");
        browser.picture(folder.resolve("empty.png"));
        page.openModels().choose("Coder");
        page.ask("Compare REST and messaging in a table").awaitPhase("complete");
        browser.picture(folder.resolve("table.png"));
        page.ask("How do I read a file line by line in Java?").awaitPhase("complete");
        browser.picture(folder.resolve("chat.png"));
        page.openModels();
        browser.picture(folder.resolve("models.png"));
        page.choose("Coder");
        browser.size(360, 740);
        browser.prefer("dark");
        browser.picture(folder.resolve("chat-dark-narrow.png"));
    }
}
