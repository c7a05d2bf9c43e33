package dev.weir.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WeirClient;
import dev.weir.it.WeirServer;
import dev.weir.upstream.Script;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The overview while its server goes and comes back. */
class ConsoleRestartBrowserIT {

    /** The page looks again every other second, and later and later. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WeirServer server = WeirServer.start(Map.of());
    private final Browser browser = Browser.start();
    private final String address = server.uri("").toString();

    @AfterEach
    void close() {
        browser.close();
        server.close();
    }

    @Test
    void an_open_overview_goes_live_again_after_a_restart_and_asks_to_sign_in_when_that_is_over() {
        WeirClient admin = server.client("admin");
        browser.signInAs(admin, address);
        ConsolePage page = ConsolePage.open(browser, address, "").awaitLive();

        server.stop();
        browser.untilTrue(
                "it says so", it -> browser.one("#link-state").getText().equals("Reconnecting"));
        server.launch();

        page.awaitLive(PATIENCE);
        server.upstream()
                .answer(Script.begin()
                        .deltas("Again ")
                        .hold("seen")
                        .finish("stop")
                        .done());
        String room = admin.room("upstream");
        admin.prompt(room, "Are you there?");
        page.awaitRow(room);
        server.upstream().release("seen");

        server.stop();
        browser.driver().manage().deleteCookieNamed("weir-session");
        server.launch();

        browser.untilTrue(
                "the sign-in",
                PATIENCE,
                it -> String.valueOf(it.getCurrentUrl()).contains("/sign-in?next="));
        assertThat(browser.driver().getCurrentUrl()).contains("admin");
    }
}
