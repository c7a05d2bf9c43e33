package dev.weir.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SseReaderTest {

    private static final String BODY = """
            \uFEFF: hello

            data: grün
            data:  🦆

            event: error
            data:x
            id: 1

            retry: 3

            data

            data: last
            """;

    @Test
    void cuts_events_as_the_specification_says() throws IOException {
        assertThat(read(new ByteArrayInputStream(BODY.getBytes(StandardCharsets.UTF_8))))
                .containsExactly("|grün\n 🦆", "error|x", "|", "|last");
    }

    @Property(tries = 200)
    void any_split_of_the_bytes_and_any_line_end_give_the_same_events(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 9) Integer> sizes,
            @ForAll @IntRange(min = 0, max = 2) int end)
            throws IOException {
        String body = BODY.replace("\n", List.of("\n", "\r\n", "\r").get(end));
        assertThat(read(new Dribble(body.getBytes(StandardCharsets.UTF_8), sizes)))
                .containsExactly("|grün\n 🦆", "error|x", "|", "|last");
    }

    @Test
    void a_line_that_was_cut_off_is_dropped() throws IOException {
        assertThat(read(new ByteArrayInputStream("data: a\n\ndata: {\"ha".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("|a");
    }

    private static List<String> read(InputStream body) throws IOException {
        List<String> events = new ArrayList<>();
        new SseReader(new SseReader.Sink() {
                    @Override
                    public boolean event(String type, String data) {
                        events.add(type + "|" + data);
                        return true;
                    }

                    @Override
                    public void progress() {}
                })
                .read(body);
        return events;
    }

    /** Gives as many bytes at a time as the sizes say, over and over. */
    private static final class Dribble extends InputStream {

        private final byte[] bytes;
        private final List<Integer> sizes;
        private int at;
        private int reads;

        Dribble(byte[] bytes, List<Integer> sizes) {
            this.bytes = bytes;
            this.sizes = sizes;
        }

        @Override
        public int read() {
            return at < bytes.length ? bytes[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at >= bytes.length) {
                return -1;
            }
            int count = Math.min(Math.min(length, sizes.get(reads++ % sizes.size())), bytes.length - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }
    }
}
