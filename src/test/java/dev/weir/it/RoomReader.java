package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A client that follows a room, over any of the transports, and may be cut and resumed at any moment. Thread-safe, as far
 * as one thread steers it.
 */
final class RoomReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WeirClient client;
    private final String room;
    private final Seen seen = new Seen();
    private final List<JsonNode> frames = new ArrayList<>();
    private final List<JsonNode> others = new ArrayList<>();
    private final ConcurrentMap<String, JsonNode> replies = new ConcurrentHashMap<>();
    private @Nullable Line line;
    private int generation;

    private RoomReader(WeirClient client, String room) {
        this.client = client;
        this.room = room;
    }

    /** Follows from now on; the first frame will be a snapshot. */
    static RoomReader follow(WeirClient client, String room, Transport transport) {
        RoomReader reader = new RoomReader(client, room);
        reader.resume(transport);
        return reader;
    }

    /** Follows from a cursor that some other reader had. */
    static RoomReader followFrom(WeirClient client, String room, Transport transport, String cursor) {
        RoomReader reader = new RoomReader(client, room);
        reader.open(transport, cursor);
        return reader;
    }

    /** The address of a room's stream, with the cursor when it is not empty. */
    static String address(String room, Transport transport, String cursor) {
        return "/stream/rooms/" + room + "?X-Atmosphere-Transport=" + transport.word() + "&X-Atmosphere-tracking-id=0"
                + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
    }

    /** Connects, again after {@link #cut}, with the cursor of the last frame. */
    void resume(Transport transport) {
        open(transport, cursor());
    }

    private void open(Transport transport, String cursor) {
        int mine;
        synchronized (this) {
            mine = ++generation;
        }
        Line opened = Line.open(client, room, transport, cursor, text -> receive(mine, text));
        synchronized (this) {
            line = opened;
        }
    }

    /** Breaks the connection off without a word; what had not been read by then never comes. */
    void cut() {
        Line current;
        synchronized (this) {
            generation++;
            current = line;
            line = null;
        }
        if (current != null) {
            current.cut();
        }
    }

    @Override
    public void close() {
        cut();
    }

    private synchronized void receive(int from, String text) {
        if (from != generation) {
            return;
        }
        JsonNode json = WeirClient.parse(text);
        if (json.has("cursor")) {
            frames.add(json);
            seen.frame(json);
        } else if (json.has("id")) {
            replies.put(json.path("id").asText(), json);
        } else {
            others.add(json);
        }
    }

    String room() {
        return room;
    }

    /** True when the server ended the connection, or it broke. */
    synchronized boolean ended() {
        return !end().isEmpty();
    }

    /** Why it ended; empty while it is connected. */
    private synchronized String end() {
        return line == null ? "cut" : Objects.requireNonNullElse(line.ended(), "");
    }

    synchronized String cursor() {
        return seen.cursor();
    }

    synchronized List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    /** What came that is neither a frame nor the answer to a command. */
    synchronized List<JsonNode> others() {
        return List.copyOf(others);
    }

    /** The events of all frames, in the order in which they came. */
    synchronized List<JsonNode> events(String type) {
        List<JsonNode> events = new ArrayList<>();
        for (JsonNode frame : frames) {
            frame.path("events").forEach(events::add);
        }
        return events.stream()
                .filter(it -> it.path("type").asText().equals(type))
                .toList();
    }

    /** Reads what has been seen. */
    synchronized <T> T look(Function<Seen, T> question) {
        return question.apply(seen);
    }

    /** The conversation as lines of text, for comparing. */
    synchronized List<String> conversation() {
        return seen.items().stream().map(Seen.Item::toString).toList();
    }

    synchronized String textOf(String id) {
        return seen.item(id).map(it -> it.text).orElse("");
    }

    // --- sending ---

    /** Sends a command up the WebSocket and waits for the answer. */
    JsonNode command(ObjectNode command) {
        send(command.toString());
        return reply(command.path("id").asText());
    }

    JsonNode prompt(String text, String model) {
        return command(WeirClient.commandOf("prompt").put("text", text).put("model", model));
    }

    void send(String text) {
        Line current;
        synchronized (this) {
            current = line;
        }
        if (current == null) {
            throw new IllegalStateException("The reader is cut.");
        }
        current.send(text);
    }

    JsonNode reply(String id) {
        return until("an answer to command " + id, () -> Optional.ofNullable(replies.get(id)));
    }

    // --- waiting ---

    /** Waits for the finished answer of a turn. */
    Seen.Item answer(String turn) {
        return answer(turn, PATIENCE);
    }

    Seen.Item answer(String turn, Duration patience) {
        return until(
                "the answer of turn " + turn,
                patience,
                () -> find(it -> it.turn.equals(turn) && it.message != null && !it.live));
    }

    /** Waits for an answer that is being written and has at least so many characters. */
    Seen.Item writing(String turn, int characters) {
        return until("text of turn " + turn, () -> find(it -> it.turn.equals(turn) && it.text.length() >= characters));
    }

    /** Waits for the terminal event of a turn. */
    JsonNode ended(String turn) {
        return ended(turn, PATIENCE);
    }

    JsonNode ended(String turn, Duration patience) {
        return until(
                "the end of turn " + turn,
                patience,
                () -> events("turn-ended").stream()
                        .filter(it -> it.path("turn").asText().equals(turn))
                        .findFirst());
    }

    synchronized Optional<Seen.Item> find(Predicate<Seen.Item> which) {
        return seen.items().stream().filter(which).findFirst();
    }

    /** Waits for the first frame. */
    void begun() {
        until("a first frame", () -> frames().stream().findFirst());
    }

    <T> T until(String what, java.util.function.Supplier<Optional<T>> wanted) {
        return until(what, PATIENCE, wanted);
    }

    private <T> T until(String what, Duration patience, java.util.function.Supplier<Optional<T>> wanted) {
        try {
            return await().pollInterval(Duration.ofMillis(10))
                    .atMost(patience)
                    .until(wanted::get, Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "There was not " + what + " within " + patience + "; the conversation is " + shortened() + ", the"
                            + " cursor " + cursor() + ", other messages " + others() + ", ended: \"" + end() + "\""
                            + ", the server's log:\n" + tail(client.server().log()),
                    e);
        }
    }

    private List<String> shortened() {
        return conversation().stream()
                .map(it -> it.length() > 200 ? it.substring(0, 200) + "… (" + it.length() + ")" : it)
                .toList();
    }

    private static String tail(String log) {
        return log.length() > 6000 ? log.substring(log.length() - 6000) : log;
    }

    /** Asserts that every event came once and in order. */
    void assertWhole() {
        assertThat(look(Seen::faults)).isEmpty();
    }
}
