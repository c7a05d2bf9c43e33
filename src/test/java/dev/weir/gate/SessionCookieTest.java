package dev.weir.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

    @Test
    void is_out_of_reach_for_scripts_and_other_sites() {
        var cookie = SessionCookie.holding(
                "token", Duration.ofHours(1), Asked.get("/").request(), true);

        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSecure()).isTrue();
        assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
        assertThat(cookie.getPath()).isEqualTo("/");
        assertThat(cookie.getMaxAge()).isEqualTo(3600);
    }

    @Test
    void belongs_to_the_context_root() {
        var cookie = SessionCookie.gone(Asked.get("/").under("/weir").request(), false);

        assertThat(cookie.getPath()).isEqualTo("/weir");
        assertThat(cookie.getMaxAge()).isZero();
    }

    @Test
    void is_read_by_its_name_and_not_when_empty() {
        assertThat(SessionCookie.read(Asked.get("/").cookie("weir-session", "t").request()))
                .contains("t");
        assertThat(SessionCookie.read(Asked.get("/").cookie("weir-session", "").request()))
                .isEmpty();
        assertThat(SessionCookie.read(Asked.get("/").cookie("other", "t").request()))
                .isEmpty();
        assertThat(SessionCookie.read(Asked.get("/").request())).isEmpty();
    }
}
