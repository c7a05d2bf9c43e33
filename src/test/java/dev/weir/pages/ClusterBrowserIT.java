package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirCluster;
import dev.weir.upstream.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page when its node dies. */
class ClusterBrowserIT {

    private static final Map<String, String> SETTINGS =
            Map.of("weir.interceptors.redact.mode", "off", "weir.interceptors.safety.mode", "off");

    @Test
    void what_another_node_uses_is_watched_and_stopped() {
        try (WeirCluster cluster = WeirCluster.start(2, SETTINGS);
                Browser browser = Browser.start()) {
            WeirClient anna = cluster.clients("anna").get(1);
            String room = anna.room("upstream");
            String here = cluster.node(1).uri("").toString();
            browser.signInAs(cluster.clients("admin").get(0), here);
            ConsolePage page = ConsolePage.open(browser, here, "consumption").awaitLive();
            browser.untilTrue(
                    "both nodes", it -> browser.one("#running-detail").getText().equals("on 2 nodes"));

            anna.prompt(room, "[[words=5000 pace=20]]");

            page.awaitRow(room);
            browser.untilTrue(
                    "what is used there",
                    it -> !browser.one("#tokens").getText().equals("0"));
            page.press("Stop the answer for Anna with upstream").awaitNoRow(room);
            assertThat(browser.errors()).isEmpty();
        }
    }

    @Test
    void goes_on_at_another_node_in_the_middle_of_an_answer() {
        try (WeirCluster cluster = WeirCluster.start(2, SETTINGS);
                Browser browser = Browser.start()) {
            List<WeirClient> anna = cluster.clients("anna");
            browser.signInAs(anna.get(1), cluster.node(2).uri("").toString());
            String room = anna.get(0).room("upstream");
            cluster.upstream()
                    .answer(Script.begin()
                            .deltas("Before ", "the death, ")
                            .hold("death")
                            .deltas("during it, ")
                            .hold("moved")
                            .deltas("and after it.")
                            .finish("stop")
                            .done());
            ChatPage page = ChatPage.open(browser, cluster.node(2).uri("").toString(), room);
            page.write("A draft");
            anna.get(0).prompt(room, "Go on.");
            page.awaitText("the death,");

            cluster.node(2).kill();
            cluster.upstream().release("death");
            page.awaitText("during it,").awaitLink("Live");
            cluster.upstream().release("moved");
            page.awaitPhase("complete");

            assertThat(page.answer()).isEqualTo("Before the death, during it, and after it.");
            assertThat(page.draft()).isEqualTo("A draft");
            cluster.upstream().answer(Script.answer("Well."));
            page.ask(", sent to the other node").awaitText("Well.").awaitPhase("complete");
            page.awaitPrompts("Go on.", "A draft, sent to the other node");
            assertThat(browser.errors())
                    .allMatch(it -> it.contains("net::ERR_") || it.contains("WebSocket connection"));
        }
    }
}
