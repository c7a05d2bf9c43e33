package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client that follows a room in blocks of Markdown, and may be cut and come back. */
final class FramedReader implements AutoCloseable {

    private final WeirClient client;
    private final String room;
    private final List<JsonNode> blocks = new ArrayList<>();
    private final List<JsonNode> finished = new ArrayList<>();
    private final List<String> wrongs = new ArrayList<>();
    private String cursor = "";
    private int snapshots;
    private int generation;
    private int heard;
    private @Nullable Line line;

    private FramedReader(WeirClient client, String room) {
        this.client = client;
        this.room = room;
    }

    static FramedReader follow(WeirClient client, String room, Transport transport) {
        FramedReader reader = new FramedReader(client, room);
        reader.resume(transport);
        return reader;
    }

    synchronized String cursor() {
        return cursor;
    }

    /** Returns when the connection stands: the first frame, empty or not, says so. */
    void resume(Transport transport) {
        int mine = ++generation;
        String path = RoomReader.address(room, transport, cursor()) + "&frames=markdown";
        line = transport == Transport.WEBSOCKET
                ? Line.Socket.open(client, path, text -> take(mine, text))
                : new Line.Events(client, path, text -> take(mine, text)).start();
        await().atMost(Duration.ofSeconds(30)).until(() -> heard() == mine);
    }

    private synchronized int heard() {
        return heard;
    }

    void cut() {
        generation++;
        Optional.ofNullable(line).ifPresent(Line::cut);
    }

    private synchronized void take(int from, String text) {
        JsonNode frame = WeirClient.parse(text);
        if (from != generation || !frame.has("events")) {
            return;
        }
        if (frame.path("snapshot").asBoolean()) {
            snapshots++;
            blocks.clear();
            finished.clear();
        } else if (frame.path("events").has(0)
                && frame.path("events").get(0).path("seq").asLong() != Long.parseLong(cursor.split("-")[1])) {
            wrongs.add(cursor + ": " + text);
        }
        frame.path("events").forEach(this::take);
        cursor = frame.path("cursor").asText();
        heard = from;
    }

    private void take(JsonNode event) {
        switch (event.path("type").asText()) {
            case "delta" -> event.path("blocks").forEach(blocks::add);
            case "message" -> event.path("blocks").forEach(finished::add);
            default -> {}
        }
    }

    /** What has been streamed. */
    synchronized String text() {
        return text(blocks);
    }

    /** What the finished answers have. */
    synchronized String finishedText() {
        return text(finished);
    }

    synchronized List<String> kinds() {
        return finished.stream().map(it -> it.path("kind").asText()).toList();
    }

    synchronized int snapshots() {
        return snapshots;
    }

    private static String text(List<JsonNode> blocks) {
        StringBuilder text = new StringBuilder();
        blocks.forEach(it -> text.append(it.path("text").asText()));
        return text.toString();
    }

    void awaitText(String expected) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(text()).isEqualTo(expected));
    }

    void awaitEnd() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !kinds().isEmpty());
        assertThat(wrongs).isEmpty();
    }

    @Override
    public void close() {
        cut();
    }
}
