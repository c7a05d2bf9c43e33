package dev.weir.model.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

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
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private boolean hasData;
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
            line.write(buffer, start, i - start);
            start = i + 1;
            afterCarriageReturn = b == '\r';
            if (!secondHalf && !endLine()) {
                return false;
            }
        }
        if (start < count) {
            afterCarriageReturn = false;
            line.write(buffer, start, count - start);
        }
        if (line.size() > MAX_EVENT_BYTES) {
            throw new EventTooLong();
        }
        return true;
    }

    private boolean endLine() throws EventTooLong {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (firstLine && text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
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
        if (data.length() + value.length() > MAX_EVENT_BYTES) {
            throw new EventTooLong();
        }
        if (hasData) {
            data.append('\n');
        }
        data.append(value);
        hasData = true;
    }

    private boolean dispatch() {
        boolean wanted = !hasData || sink.event(type, data.toString());
        data.setLength(0);
        hasData = false;
        type = "";
        return wanted;
    }

    /** Thrown when one event is longer than anything sensible. */
    static final class EventTooLong extends IOException {
        EventTooLong() {
            super("one event has more than " + MAX_EVENT_BYTES + " bytes");
        }
    }

    private static final class Line extends ByteArrayOutputStream {

        Line() {
            super(512);
        }

        boolean startsWith(char first) {
            return count > 0 && buf[0] == first;
        }

        /** Forgets the line, and its memory when a huge one has made it grow. */
        @Override
        public synchronized void reset() {
            super.reset();
            if (buf.length > 64 * 1024) {
                buf = new byte[512];
            }
        }
    }
}
