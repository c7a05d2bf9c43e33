package dev.weir.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.StreamingModel.Prompt.Line;
import dev.weir.model.StreamingModel.Prompt.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoTest {

    private final Echo echo = new Echo(List.of(
            new Line(Role.USER, "Hello"), new Line(Role.USER, "My salary is\n 52,000 a year. What tax is due?")));

    @Test
    void cuts_a_text_where_it_quotes_what_was_asked() {
        assertThat(echo.cover("bad input: \"My salary is 52,000 a year. Wh…\" (too odd)"))
                .isEqualTo("bad input: \"•••");
    }

    @Test
    void leaves_other_words_as_they_are() {
        assertThat(echo.cover("Hello, there is no such model.")).isEqualTo("Hello, there is no such model.");
    }
}
