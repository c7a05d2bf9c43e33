package dev.weir.model.openai;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a body into server-sent events (WHATWG HTML, "Server-sent events"): lines end with LF, CR or CRLF, several
 * {@code data} lines join with LF, comments and unknown fields are skipped. Bytes are decoded a whole line at a time, so
 * a character may be split anywhere. For one body and one thread.
 *
 * <p>Unlike the specification, an event whose last line is complete counts even when the body ends without the empty
 * line after it: some servers end so. A line that was itself cut off is dropped.
 */
final class SseReader {

    /** The most bytes one event may have. */
    static final int MAX_EVENT_BYTES = 16 * 1024 * 1024;

    /** Hears the events. */
    interface Sink {

        /** False: read no further. */
        boolean event(String type, String data);

        /** Bytes of an event's data came, though perhaps not yet a whole event. */
        void progress();
    }

    private final Sink sink;
    private final Line line = new Line();
    private String type = "";

    /** The first line of the event's data; null when none has come. */
    private @Nullable String data;

    /** The data, when it has several lines. */
    private final StringBuilder joined = new StringBuilder(0);

    private boolean severalLines;

    private boolean afterCarriageReturn;
    private boolean firstLine = true;

    SseReader(Sink sink) {
        this.sink = sink;
    }

    /**
     * Reads until the body ends or the sink has enough.
     *
     * @throws EventTooLong when an event is longer than {@link #MAX_EVENT_BYTES}
     */
    void read(InputStream body) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (!take(buffer, count)) {
                return;
            }
            if (line.startsWith('d')) {
                sink.progress();
            }
        }
        dispatch();
    }

    private boolean take(byte[] buffer, int count) throws EventTooLong {
        int start = 0;
        for (int i = 0; i < count; i++) {
            byte b = buffer[i];
            if (b != '\n' && b != '\r') {
                continue;
            }
            boolean secondHalf = b == '\n' && afterCarriageReturn && i == start && line.size() == 0;
            String text = line.end(buffer, start, i);
            start = i + 1;
            afterCarriageReturn = b == '\r';
            if (!secondHalf && !endLine(text)) {
                return false;
            }
        }
        if (start < count) {
            afterCarriageReturn = false;
            line.add(buffer, start, count);
        }
        if (line.size() > MAX_EVENT_BYTES) {
            throw new EventTooLong();
        }
        return true;
    }

    private boolean endLine(String whole) throws EventTooLong {
        String text = firstLine && whole.startsWith("\uFEFF") ? whole.substring(1) : whole;
        firstLine = false;
        if (text.isEmpty()) {
            return dispatch();
        }
        field(text);
        return true;
    }

    private void field(String text) throws EventTooLong {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String value = colon < 0 ? "" : text.substring(colon + (text.startsWith(" ", colon + 1) ? 2 : 1));
        if (name.equals("event")) {
            type = value;
        } else if (name.equals("data")) {
            appendData(value);
        }
    }

    private void appendData(String value) throws EventTooLong {
        String first = data;
        if (first == null) {
            data = value;
            return;
        }
        if (joined.isEmpty()) {
            joined.append(first);
        }
        if (joined.length() + value.length() > MAX_EVENT_BYTES) {
            throw new EventTooLong();
        }
        joined.append('\n').append(value);
        severalLines = true;
    }

    private boolean dispatch() {
        String whole = severalLines ? joined.toString() : data;
        boolean wanted = whole == null || sink.event(type, whole);
        data = null;
        severalLines = false;
        joined.setLength(0);
        type = "";
        return wanted;
    }

    /** Thrown when one event is longer than anything sensible. */
    static final class EventTooLong extends IOException {
        EventTooLong() {
            super("one event has more than " + MAX_EVENT_BYTES + " bytes");
        }
    }

    /** The line that has begun, as far as it came with earlier bytes. */
    private static final class Line {

        private static final int ROOM = 512;

        private byte[] bytes = new byte[ROOM];
        private int size;

        int size() {
            return size;
        }

        boolean startsWith(char first) {
            return size > 0 && bytes[0] == first;
        }

        void add(byte[] source, int from, int to) {
            if (size + to - from > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(size + to - from, 2 * bytes.length));
            }
            System.arraycopy(source, from, bytes, size, to - from);
            size += to - from;
        }

        /** The whole line, which ends with these bytes; begins the next. Forgets the memory of a huge one. */
        String end(byte[] source, int from, int to) {
            if (size == 0) {
                return new String(source, from, to - from, StandardCharsets.UTF_8);
            }
            add(source, from, to);
            String text = new String(bytes, 0, size, StandardCharsets.UTF_8);
            size = 0;
            if (bytes.length > 64 * 1024) {
                bytes = new byte[ROOM];
            }
            return text;
        }
    }
}
