package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What the tests in a browser share: the server, one browser a class, and a console without errors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Screen {

    final WeirServer server = WeirServer.shared();
    final WeirClient anna = server.client("anna");
    final Browser browser = Browser.start();

    String address() {
        return server.uri("").toString();
    }

    /** The page at a room whose model is the fake provider, with Anna signed in. */
    ChatPage open(String room) {
        return ChatPage.open(browser, address(), room);
    }

    String upstreamRoom() {
        return anna.room("upstream");
    }

    @BeforeAll
    void sign_in() {
        browser.signInAs(anna, address());
        browser.prefer("light");
    }

    @AfterEach
    void console_has_no_errors() {
        assertThat(browser.errors()).isEmpty();
    }

    @AfterAll
    void close_browser() {
        browser.close();
    }
}
