package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import dev.weir.upstream.Script;
import dev.weir.upstream.Translations;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer in the reader's language, and its original one click away. */
class TranslationBrowserIT {

    private static final String ANSWER = """
            A weir is a **wall** in a river. It keeps the level of the water.

            ```java
            weir.open();
            ```

            It was not translated in time.
            """;

    @Test
    void shows_the_language_of_the_reader_and_the_original_on_demand() {
        try (WeirServer server = WeirServer.start(Map.of("weir.models.upstream.label", "Smart"));
                Browser browser = Browser.start()) {
            Translations.at(server.upstream()).failing("It was not translated in time.");
            WeirClient anna = server.client("anna");
            WeirClient admin = server.client("admin");
            String plain = anna.room("upstream");
            String room = anna.room("upstream");
            assertThat(admin.call(
                                    "PUT",
                                    "/api/interceptors/policies/rooms/" + room,
                                    "{\"interceptors\":{\"translate\":{\"settings\":{\"model\":\"upstream\"}}}}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(anna.call("POST", "/api/rooms/" + room + "/members", "{\"login\":\"admin\"}")
                            .statusCode())
                    .isEqualTo(201);
            String address = server.uri("").toString();
            browser.prefer("light");
            browser.size(1000, 640);
            browser.signInAs(anna, address);
            ChatPage.open(browser, address, plain);
            browser.untilTrue(
                    "no choice where nothing is translated",
                    it -> !browser.all("#language").getFirst().isDisplayed());
            ChatPage page = ChatPage.open(browser, address, room);
            browser.one("#language").click();
            browser.named(".menu", "français French").click();
            browser.untilTrue(
                    "the choice", it -> browser.one("#language-tag").getText().equals("fr"));

            server.upstream().answer(Script.answer(ANSWER.split("(?<= )")));
            page.ask("What is a weir?").awaitPhase("complete");
            browser.untilTrue("the translation", it -> page.answer().contains("fr:A weir is a wall in a river."));
            assertThat(page.answer()).contains("weir.open();").contains("It was not translated in time.");
            assertThat(browser.one(".answer:last-child span[title='Not translated']")
                            .getText())
                    .isEqualTo("It was not translated in time.");
            String pictures = System.getProperty("weir.screenshots", "");
            if (!pictures.isEmpty()) {
                browser.picture(Path.of(pictures).resolve("translation.png"));
            }

            browser.named(".answer:last-child", "Show original").click();
            browser.untilTrue("the original", it -> page.answer().startsWith("A weir is a wall"));
            browser.named(".answer:last-child", "Show in French").click();
            browser.untilTrue("the translation", it -> page.answer().startsWith("fr:A weir"));

            page.reload().awaitText("fr:It keeps the level");

            server.upstream().answer(Script.answer("Fine."));
            admin.prompt(room, "Is it *safe*? I doubt it.");
            browser.untilTrue(
                    "what somebody said",
                    it -> browser.all(".prompt:not(.mine)").stream()
                            .anyMatch(prompt -> prompt.getText().contains("fr:Is it *safe*? fr:I doubt it.")));
            browser.named(".prompt:not(.mine)", "Show original").click();
            browser.untilTrue(
                    "its original",
                    it -> browser.all(".prompt:not(.mine) .prompt-text").stream()
                            .anyMatch(prompt -> prompt.getText().equals("Is it *safe*? I doubt it.")));
            browser.named(".prompt:not(.mine)", "Show in French").click();
            browser.untilTrue(
                    "what somebody said",
                    it -> browser.all(".prompt:not(.mine)").stream()
                            .anyMatch(prompt -> prompt.getText().contains("fr:Is it *safe*? fr:I doubt it.")));
            assertThat(page.prompts()).contains("What is a weir?");
            browser.assertAccessible("a conversation in two languages");
            if (!pictures.isEmpty()) {
                browser.picture(Path.of(pictures).resolve("translation-message.png"));
            }
        }
    }
}
