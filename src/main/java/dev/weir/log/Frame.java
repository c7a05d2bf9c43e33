package dev.weir.log;

import dev.weir.event.Cursor;
import java.util.List;

/**
 * What travels to a client, ready to be sent.
 *
 * @param after the cursor after these events
 * @param json the frame as one JSON object, the form of {@code docs/protocol.md}
 */
public record Frame(Cursor after, String json, boolean snapshot) {

    /** A frame without events: it only says that the connection lives and where the reader stands. */
    public static Frame heartbeat(Cursor at) {
        return of(at, List.of());
    }

    static Frame of(Cursor after, List<String> numberedEvents) {
        return new Frame(
                after,
                head(after, 64 + length(numberedEvents))
                        .append(body(numberedEvents))
                        .toString(),
                false);
    }

    static Frame snapshot(Cursor after, List<String> numberedEvents, boolean earlier, String about) {
        StringBuilder json = head(after, 128 + length(numberedEvents)).append("\"snapshot\":true,");
        if (earlier) {
            json.append("\"earlier\":true,");
        }
        if (!about.isEmpty()) {
            json.append("\"room\":").append(about).append(',');
        }
        return new Frame(after, json.append(body(numberedEvents)).toString(), true);
    }

    private static StringBuilder head(Cursor after, int size) {
        return new StringBuilder(size).append("{\"cursor\":\"").append(after).append("\",");
    }

    private static StringBuilder body(List<String> events) {
        StringBuilder json = new StringBuilder(length(events) + 16).append("\"events\":[");
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            json.append(events.get(i));
        }
        return json.append("]}");
    }

    private static int length(List<String> events) {
        int length = 0;
        for (String event : events) {
            length += event.length() + 1;
        }
        return length;
    }
}
