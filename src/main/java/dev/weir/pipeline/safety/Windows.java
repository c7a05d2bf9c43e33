package dev.weir.pipeline.safety;

import java.util.function.LongConsumer;

/**
 * Cuts a text into windows, at the ends of sentences where they come in time. Where a window ends depends on the text up
 * to there and not on how it came.
 */
final class Windows {

    private final int most;
    private long place;
    private long start;
    private char last;

    /** @param most the most UTF-16 characters of a window, at least 2 */
    Windows(int most) {
        this.most = most;
    }

    /** Takes more text and tells each place at which a window ends. */
    void add(String text, LongConsumer end) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (place - start >= most && !Character.isSurrogatePair(last, c)) {
                close(end);
            }
            place++;
            if (endsAfter(c)) {
                close(end);
            }
            last = c;
        }
    }

    private boolean endsAfter(char c) {
        long length = place - start;
        boolean blank = Character.isWhitespace(c);
        boolean sentence = c == '\n' || (blank && isStop(last)) || "。！？".indexOf(c) >= 0;
        return (sentence && length * 2 >= most) || (blank && length * 4 >= most * 3L);
    }

    private static boolean isStop(char c) {
        return ".!?…:;".indexOf(c) >= 0;
    }

    private void close(LongConsumer end) {
        if (place > start) {
            start = place;
            end.accept(place);
        }
    }
}
