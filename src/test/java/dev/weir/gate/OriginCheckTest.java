package dev.weir.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginCheckTest {

    private static final String HOST = "chat.example.org:8080";
    private final OriginCheck check = new OriginCheck(Set.of("https://front.example.org"));

    @ParameterizedTest
    @CsvSource({
        "http://chat.example.org:8080, chat.example.org:8080",
        "http://CHAT.example.org:8080, chat.EXAMPLE.org:8080",
        "https://chat.example.org, chat.example.org",
        "https://chat.example.org, chat.example.org:443",
        "http://chat.example.org:80, chat.example.org",
        "http://[::1]:8080, [::1]:8080",
        "http://[::1], [::1]",
    })
    void passes_our_own_pages(String origin, String host) {
        assertThat(check.passes(
                        Asked.post("/api/rooms").header("Origin", origin).request(), host))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://chat.example.org",
                "http://chat.example.org:8081",
                "http://evil.example",
                "null",
                "",
                "http://chat.example.org:8080.evil.example",
                "http://evil.example/chat.example.org:8080",
                "not a uri",
                "http://user@chat.example.org:8080",
            })
    void refuses_pages_of_others(String origin) {
        assertThat(check.passes(
                        Asked.post("/api/rooms").header("Origin", origin).request(), HOST))
                .isFalse();
    }

    @Test
    void passes_an_origin_that_is_listed() {
        var request =
                Asked.post("/x").header("Origin", "https://front.example.org").header("Sec-Fetch-Site", "cross-site");

        assertThat(check.passes(request.request(), HOST)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"same-origin, true", "none, true", "same-site, false", "cross-site, false", "'', false"})
    void believes_what_the_browser_says_of_the_site(String site, boolean passes) {
        assertThat(check.passes(Asked.post("/x").header("Sec-Fetch-Site", site).request(), HOST))
                .isEqualTo(passes);
    }

    @Test
    void passes_programs_that_are_no_browser() {
        assertThat(check.passes(Asked.post("/api/rooms").request(), HOST)).isTrue();
    }

    @Test
    void looks_at_the_referer_of_browsers_that_send_no_origin() {
        assertThat(check.passes(
                        Asked.post("/x")
                                .header("Referer", "http://evil.example/")
                                .request(),
                        HOST))
                .isFalse();
        assertThat(check.passes(
                        Asked.post("/x")
                                .header("Referer", "http://chat.example.org:8080/rooms")
                                .request(),
                        HOST))
                .isTrue();
    }

    @Test
    void refuses_when_the_host_is_not_known() {
        assertThat(check.passes(
                        Asked.post("/x").header("Origin", "http://evil.example").request(), ""))
                .isFalse();
    }

    @Test
    void concerns_what_changes_something_and_what_stays_open() {
        assertThat(OriginCheck.concerns(Asked.get("/api/rooms").request(), Area.API))
                .isFalse();
        assertThat(OriginCheck.concerns(Asked.post("/api/rooms").request(), Area.API))
                .isTrue();
        assertThat(OriginCheck.concerns(Asked.get("/stream/rooms/7").request(), Area.STREAM))
                .isTrue();
        assertThat(OriginCheck.concerns(
                        Asked.get("/push").header("Upgrade", "WebSocket").request(), Area.PAGE))
                .isTrue();
    }
}
