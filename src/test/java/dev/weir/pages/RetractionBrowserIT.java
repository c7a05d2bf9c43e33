package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import dev.weir.upstream.FakeUpstream;
import dev.weir.upstream.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An answer that is shown while it is judged, and taken back. */
class RetractionBrowserIT {

    private static final String FINE = "Rivers are measured at weirs, where the water falls over a known edge. ";
    private static final String BAD = "And people who live by the river are all";

    @Test
    void what_was_withdrawn_goes_from_the_page_and_a_polite_message_stands_in_its_place() {
        try (FakeUpstream checker = FakeUpstream.start().always(Script.answer("safe"));
                WeirServer server = WeirServer.start(Map.of(
                        "weir.models", "upstream,checker,quick,careful,coder,impatient",
                        "weir.models.upstream.label", "Smart",
                        "weir.models.checker.provider", "openai",
                        "weir.models.checker.base-url", checker.baseUrl(),
                        "weir.models.checker.api-key", WeirServer.API_KEY,
                        "weir.models.checker.model", "fake",
                        "weir.interceptors.judge.model", "checker",
                        "weir.interceptors.judge.window", "90",
                        "weir.interceptors.judge.prompts", "none",
                        "weir.interceptors.judge.show", "retract"));
                Browser browser = Browser.start()) {
            Script hate = Script.begin()
                    .hold("taken back")
                    .deltas("hate 0.9")
                    .finish("stop")
                    .done();
            checker.firstOf(body -> Optional.of(hate).filter(it -> body.contains(BAD)));
            server.upstream()
                    .answer(Script.begin()
                            .deltas(FINE)
                            .pause(Duration.ofMillis(300))
                            .deltas(BAD + " said to be bad, and it goes on and on so. ", "More of that kind")
                            .hang());
            WeirClient anna = server.client("anna");
            String address = server.uri("").toString();
            browser.prefer("light");
            browser.size(1000, 560);
            browser.signInAs(anna, address);
            ChatPage page = ChatPage.open(browser, address, anna.room("upstream"));
            ChatPage other = page.ask("How is a river measured?").awaitText(BAD);
            assertThat(other.answer()).startsWith(FINE.strip());

            checker.release("taken back");

            page.awaitPhase("blocked");
            assertThat(page.answer()).isEqualTo(FINE.strip());
            assertThat(page.outcome()).contains("rules for content of this place");
            assertThat(browser.script("return document.body.textContent").toString())
                    .doesNotContain(BAD)
                    .doesNotContain("More of that kind");
            browser.assertAccessible("an answer of which a part was withdrawn");
            String pictures = System.getProperty("weir.screenshots", "");
            if (!pictures.isEmpty()) {
                browser.picture(Path.of(pictures).resolve("retraction.png"));
            }

            page.reload().awaitText(FINE.strip());
            assertThat(page.answer()).isEqualTo(FINE.strip());
            assertThat(page.outcome()).contains("rules for content of this place");
        }
    }
}
