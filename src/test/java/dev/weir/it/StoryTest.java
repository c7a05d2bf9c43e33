package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoryTest {

    private static final Story STORY = IntStream.iterate(1, it -> it + 1)
            .mapToObj(it -> Story.of(7, "s" + it))
            .filter(it -> it.parts().stream().filter(Story.Part::isSecret).count() > 2)
            .findFirst()
            .orElseThrow();
    private static final String RAW =
            STORY.parts().stream().map(Story.Part::raw).collect(Collectors.joining());

    @Test
    void goes_on_after_every_beginning_that_does_not_end_in_a_secret() {
        String before = "";
        String rest = RAW;
        for (Story.Part part : STORY.parts()) {
            assertThat(STORY.after(before)).contains(rest);
            if (!part.isSecret()) {
                assertThat(STORY.after(before + part.raw().charAt(0))).contains(rest.substring(1));
            }
            before += part.guarded();
            rest = rest.substring(part.raw().length());
        }
        assertThat(STORY.after(before)).contains("");
        assertThat(before).isEqualTo(STORY.guarded());
    }

    @Test
    void does_not_go_on_after_what_is_no_beginning_of_it() {
        assertThat(STORY.after(STORY.guarded() + "x")).isEmpty();
        assertThat(STORY.after("x" + STORY.guarded())).isEmpty();
        assertThat(STORY.after(RAW)).isEmpty();
    }

    @Test
    void sends_all_of_a_text() {
        assertThat(String.join("", STORY.deltas(RAW))).isEqualTo(RAW);
    }

    @Test
    void what_may_become_a_secret_may_be_the_end_when_it_is_stopped() {
        String before = STORY.parts().stream()
                .takeWhile(it -> !it.isSecret())
                .map(Story.Part::raw)
                .collect(Collectors.joining());
        Story.Part secret =
                STORY.parts().stream().filter(Story.Part::isSecret).findFirst().orElseThrow();

        assertThat(STORY.begins(before + secret.raw().substring(0, 3))).isTrue();
        assertThat(STORY.begins(before + secret.guarded())).isTrue();
        assertThat(STORY.begins(before + secret.raw() + " ")).isFalse();
    }
}
