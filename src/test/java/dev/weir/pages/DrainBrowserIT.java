package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirCluster;
import dev.weir.upstream.Script;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node that an administrator takes out of service and back, and the page of somebody who was connected to it. */
class DrainBrowserIT {

    @Test
    void an_administrator_drains_a_node_and_pages_go_on_at_another_as_if_nothing_had_happened() {
        Map<String, String> settings =
                Map.of("weir.interceptors.redact.mode", "off", "weir.interceptors.safety.mode", "off");
        try (WeirCluster cluster = WeirCluster.start(2, settings);
                Browser annas = Browser.start();
                Browser admins = Browser.start()) {
            String first = cluster.node(1).uri("").toString();
            String second = cluster.node(2).uri("").toString();
            List<WeirClient> anna = cluster.clients("anna");
            annas.signInAs(anna.get(1), second);
            admins.signInAs(cluster.clients("admin").get(0), first);
            String room = anna.get(0).room("upstream");
            cluster.upstream()
                    .answer(Script.begin()
                            .deltas("Before ")
                            .hold("moved")
                            .deltas("and after.")
                            .finish("stop")
                            .done());
            ChatPage page = ChatPage.open(annas, second, room);
            page.write("A draft");
            anna.get(0).prompt(room, "Go on.");
            page.awaitText("Before");
            annas.script("window.shown = []; new MutationObserver(() => window.shown.push("
                    + "document.getElementById('link-state').dataset.state)).observe("
                    + "document.getElementById('link-state'), { attributes: true, childList: true })");
            ConsolePage console = ConsolePage.open(admins, first, "cluster");
            String name = second.replaceFirst("^http://", "").replaceFirst("/$", "");
            assertThat(console.rows())
                    .hasSize(2)
                    .allSatisfy(it -> assertThat(it).contains("in service", "inference, edge", "works"))
                    .anySatisfy(it -> assertThat(it).contains("this one"));

            console.press("Drain " + name).press("Drain").awaitSaid("takes nothing new");

            admins.untilTrue(
                    "the node out of service",
                    it -> admins.all("main tbody tr").stream()
                            .anyMatch(row -> row.getText().contains(name)
                                    && row.getText().contains("out of service")));
            page.awaitLink("Live");
            cluster.upstream().release("moved");
            page.awaitPhase("complete");
            assertThat(page.answer()).isEqualTo("Before and after.");
            assertThat(page.draft()).isEqualTo("A draft");
            assertThat(String.valueOf(annas.script("return window.shown.join()")))
                    .doesNotContain("offline");
            cluster.upstream().answer(Script.answer("Well."));
            page.ask(", sent to the other node").awaitText("Well.").awaitPhase("complete");

            console.press("Take " + name + " back into service")
                    .press("Take back")
                    .awaitSaid("in service again");
            admins.untilTrue(
                    "both in service",
                    it -> admins.all("main tbody tr").stream()
                            .allMatch(row -> row.getText().contains("in service")));
            console.press("Drain " + name);
            admins.one("dialog[open]");
            admins.assertAccessible("dialog: drain");
        }
    }
}
