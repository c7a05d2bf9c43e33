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
        try (WeirServer server = WeirServer.start(Map.of(
                        "weir.interceptors.translate.model", "upstream", "weir.models.upstream.label", "Smart"));
                Browser browser = Browser.start()) {
            Translations.at(server.upstream()).failing("It was not translated in time.");
            WeirClient anna = server.client("anna");
            String room = anna.room("upstream");
            String address = server.uri("").toString();
            browser.prefer("light");
            browser.size(1000, 640);
            browser.signInAs(anna, address);
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
        }
    }
}
