package dev.weir.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaTest {

    @ParameterizedTest
    @CsvSource({
        "/webjars/marked/17.0.1/lib/marked.esm.js, LIBRARY",
        "/assets/chat.css, ASSET",
        "/weir.js, ASSET",
        "/weir/connection.js, ASSET",
        "/sign-in, SIGN_IN",
        "/sign-in.html, SIGN_IN",
        "/sign-out, SIGN_IN",
        "/api/rooms, API",
        "/api, API",
        "/openapi, API",
        "/stream/rooms/7, STREAM",
        "/v1/chat/completions, OPENAI",
        "/health, HEALTH",
        "/health/ready, HEALTH",
        "/metrics, METRICS",
        "/metrics/base, METRICS",
        "/admin/, CONSOLE",
        "/admin/rooms.xhtml, CONSOLE",
        "/jakarta.faces.push/overview, CONSOLE",
        "/jakarta.faces.resource/core.js.xhtml, ASSET",
        "/, PAGE",
        "/index.html, PAGE",
    })
    void knows_the_doors(String path, Area area) {
        assertThat(Area.of(path)).isEqualTo(area);
    }

    @ParameterizedTest
    @CsvSource({
        "/assetsfoo",
        "/weir.js.map",
        "/sign-inside",
        "/apiary",
        "/healthy",
        "/metricsx",
        "/streams",
        "/WEBJARS/x",
        "/anything/else"
    })
    void asks_for_a_sign_in_where_nothing_else_is_said(String path) {
        assertThat(Area.of(path)).isEqualTo(Area.PAGE);
        assertThat(Area.of(path).needsSignIn()).isTrue();
    }
}
