package relay;

import java.util.Arrays;

/** Gathers bytes into lines. For one thread. */
final class Lines {

    /** Takes one line. */
    interface Sink {
        void line(byte[] bytes, int start, int end);
    }

    private byte[] bytes = new byte[4096];
    private int length;

    void add(byte[] more, int from, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
        System.arraycopy(more, from, bytes, length, count);
        length += count;
    }

    void each(Sink sink) {
        int start = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n') {
                if (at > start) {
                    sink.line(bytes, start, at);
                }
                start = at + 1;
            }
        }
        System.arraycopy(bytes, start, bytes, 0, length - start);
        length -= start;
    }
}
