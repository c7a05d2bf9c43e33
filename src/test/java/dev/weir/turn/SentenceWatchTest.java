package dev.weir.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentenceWatchTest {

    private static String until(List<String> deltas) {
        SentenceWatch watch = new SentenceWatch();
        watch.watch();
        StringBuilder text = new StringBuilder();
        for (String delta : deltas) {
            int end = watch.end(delta);
            text.append(delta, 0, end);
            if (end < delta.length()) {
                return text.toString();
            }
        }
        return text.toString();
    }

    @Test
    void ends_with_the_sentence_however_the_text_is_cut() {
        assertThat(until(List.of("It is 3.14 or so. And", " more"))).isEqualTo("It is 3.14 or so.");
        assertThat(until(List.of("It is 3.", "14 or so", ".", " And"))).isEqualTo("It is 3.14 or so.");
        assertThat(until(List.of("Really?", "\nYes"))).isEqualTo("Really?");
        assertThat(until(List.of("- a point\n- another"))).isEqualTo("- a point");
        assertThat(until(List.of("これは堰です。次は"))).isEqualTo("これは堰です。");
        assertThat(until(List.of("never ending"))).isEqualTo("never ending");
    }
}
