package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.CutWire;
import dev.weir.upstream.Script;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page when its connection goes. */
class ConnectionBrowserIT extends Screen {

    private final CutWire wire = new CutWire(server.port());

    @Override
    String address() {
        return wire.address();
    }

    @Override
    @AfterEach
    void console_has_no_errors() {
        assertThat(browser.errors()).allMatch(it -> it.contains("net::ERR_") || it.contains("WebSocket connection"));
    }

    @AfterAll
    void close_wire() {
        wire.close();
    }

    @Test
    void says_that_it_is_offline_and_comes_back_with_all_of_the_answer() {
        ChatPage page = open(upstreamRoom());
        server.upstream()
                .answer(Script.begin()
                        .deltas("Before ", "the cut, ")
                        .hold("cut")
                        .deltas("during it, ")
                        .hold("mended")
                        .deltas("and after it.")
                        .finish("stop")
                        .done());
        page.ask("Go on.").awaitText("the cut,");

        wire.cut();
        page.awaitLink("Offline");
        assertThat(page.answer()).isEqualTo("Before the cut,");
        server.upstream().release("cut");
        wire.mend();
        page.awaitText("during it,").awaitLink("Live");
        server.upstream().release("mended");
        page.awaitPhase("complete");

        assertThat(page.answer()).isEqualTo("Before the cut, during it, and after it.");
    }

    @Test
    void a_question_asked_while_offline_is_sent_once_when_the_connection_is_back() {
        ChatPage page = open(upstreamRoom());
        wire.cut();
        page.awaitLink("Offline");
        server.upstream().answer(Script.answer("At last."));

        page.ask("Anybody there?");
        assertThat(browser.one(".waiting").getText()).isEqualTo("Will be sent when the connection is back.");
        wire.mend();
        page.awaitPhase("complete");

        assertThat(page.answer()).isEqualTo("At last.");
        page.awaitPrompts("Anybody there?");
        assertThat(browser.all(".waiting")).allMatch(it -> !it.isDisplayed());
    }
}
