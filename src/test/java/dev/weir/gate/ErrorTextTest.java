package dev.weir.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTextTest {

    @Test
    void names_the_reference_of_our_own_failures() {
        assertThat(ErrorText.of(500, "abc123").problem().detail()).endsWith("Reference: abc123.");
        assertThat(ErrorText.of(500, "abc123").page("/weir")).contains("Reference: abc123.", "href=\"/weir/\"");
    }

    @Test
    void keeps_a_status_it_has_no_words_for() {
        assertThat(ErrorText.of(418, "").problem())
                .isEqualTo(new Problem(418, "Request refused", "refused", "The request could not be accepted."));
        assertThat(ErrorText.of(502, "r").status()).isEqualTo(502);
    }
}
