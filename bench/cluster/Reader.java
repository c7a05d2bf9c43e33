package cluster;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that follows a room on a WebSocket and notes when each delta of one answer came, and when the first frame did. For
 * one answer.
 */
final class Reader implements WebSocket.Listener {

    private static final Pattern CURSOR = Pattern.compile("^\\{\"cursor\":\"([^\"]+)\"");
    private static final Pattern DELTA = Pattern.compile("#(\\d+)# ");

    private final String room;
    private final long[] arrived;
    private final StringBuilder part = new StringBuilder();
    private final CompletableFuture<Long> first = new CompletableFuture<>();
    private final CompletableFuture<Long> whole = new CompletableFuture<>();
    private final CompletableFuture<Long> lost = new CompletableFuture<>();
    private volatile String cursor = "";
    private volatile boolean snapshot;
    private volatile int inFirst;
    private volatile int frames;
    private int seen;
    private volatile WebSocket socket;

    /** @param deltas how many the answer has that it waits for; 0 for none */
    Reader(String room, int deltas) {
        this.room = room;
        this.arrived = new long[deltas];
    }

    /** Connects and does not wait for the first frame. */
    CompletableFuture<Reader> open(Node node, String cookie, String from) {
        return Node.HTTP
                .newWebSocketBuilder()
                .header("Cookie", cookie)
                .header("Origin", "http://127.0.0.1:" + node.port())
                .buildAsync(node.stream(room, from), this)
                .thenApply(it -> {
                    socket = it;
                    return this;
                });
    }

    void ask(String question) {
        String json = "{\"id\":\"" + Long.toHexString(System.nanoTime()) + "\",\"command\":\"prompt\",\"text\":\""
                + question + "\"}";
        socket.sendText(json, true).join();
    }

    void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    String room() {
        return room;
    }

    String cursor() {
        return cursor;
    }

    /** When the first frame came. */
    CompletableFuture<Long> first() {
        return first;
    }

    /** When the last delta came. */
    long whole(long seconds) {
        return whole.orTimeout(seconds, TimeUnit.SECONDS).join();
    }

    /** When the connection was found to be gone. */
    CompletableFuture<Long> lost() {
        return lost;
    }

    boolean beganWithSnapshot() {
        return snapshot;
    }

    /** How many deltas the first frame had. */
    int inFirst() {
        return inFirst;
    }

    int frames() {
        return frames;
    }

    /** When a delta came; 0 when it has not. */
    long arrived(int delta) {
        return arrived[delta];
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        long now = System.nanoTime();
        part.append(data);
        if (last) {
            String text = part.toString();
            part.setLength(0);
            Matcher after = CURSOR.matcher(text);
            if (after.find()) {
                take(text, after.group(1), now);
            }
        }
        from.request(1);
        return null;
    }

    private void take(String frame, String after, long now) {
        frames++;
        cursor = after;
        Matcher delta = DELTA.matcher(frame);
        while (delta.find()) {
            int number = Integer.parseInt(delta.group(1));
            if (number < arrived.length && arrived[number] == 0) {
                arrived[number] = now;
                seen++;
            }
        }
        if (!first.isDone()) {
            snapshot = frame.contains("\"snapshot\":true");
            inFirst = seen;
            first.complete(now);
        }
        if (seen == arrived.length) {
            whole.complete(now);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        lost.complete(System.nanoTime());
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        lost.complete(System.nanoTime());
    }
}
