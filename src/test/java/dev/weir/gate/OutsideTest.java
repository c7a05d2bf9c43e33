package dev.weir.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OutsideTest {

    private static final Set<String> PROXIES = Set.of("10.0.0.1", "10.0.0.2");

    private static Asked forwarded() {
        return Asked.get("/")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "chat.example.org")
                .header("X-Forwarded-For", "203.0.113.9, 198.51.100.4, 10.0.0.2");
    }

    @Test
    void believes_nobody_by_default() {
        assertThat(Outside.of(forwarded().from("10.0.0.1").request(), Set.of()))
                .isEqualTo(new Outside("http", "chat.example.org:8080", "10.0.0.1"));
    }

    @Test
    void does_not_believe_a_stranger() {
        assertThat(Outside.of(forwarded().from("203.0.113.9").request(), PROXIES)
                        .isSecure())
                .isFalse();
    }

    @Test
    void believes_a_trusted_proxy_and_takes_the_last_hop_that_is_none() {
        assertThat(Outside.of(forwarded().from("10.0.0.1").request(), PROXIES))
                .isEqualTo(new Outside("https", "chat.example.org", "198.51.100.4"));
    }

    @Test
    void keeps_what_the_proxy_does_not_say() {
        assertThat(Outside.of(Asked.get("/").from("10.0.0.1").request(), PROXIES))
                .isEqualTo(new Outside("http", "chat.example.org:8080", "10.0.0.1"));
    }
}
