package dev.weir.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.event.Cursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a client that follows the rules of the wire makes of the frames it gets. Complains of gaps and repeats. */
public final class ClientView {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One message as the client shows it. */
    public record Shown(String id, String turn, String text, boolean live, String outcome) {}

    private final List<Shown> conversation = new ArrayList<>();
    private final Set<String> dropped = new HashSet<>();
    private final List<String> types = new ArrayList<>();
    private Optional<Cursor> cursor = Optional.empty();
    private int snapshots;

    /** Takes a frame as it came over the wire. */
    public void take(String frame) {
        JsonNode json = read(frame);
        Cursor after = Cursor.parse(json.path("cursor").asText());
        if (json.path("snapshot").asBoolean()) {
            snapshots++;
            conversation.clear();
            dropped.clear();
            types.clear();
        } else {
            checkJoins(json, after);
        }
        json.path("events").forEach(this::event);
        cursor = Optional.of(after);
    }

    private void checkJoins(JsonNode frame, Cursor after) {
        Cursor expected = cursor.orElseThrow(() -> new AssertionError("The first frame is no snapshot: " + frame));
        assertThat(after.epoch()).isEqualTo(expected.epoch());
        long seq = expected.seq();
        for (JsonNode event : frame.path("events")) {
            assertThat(event.path("seq").asLong()).as("the next event").isEqualTo(seq);
            seq++;
        }
        assertThat(after.seq()).isEqualTo(seq);
    }

    /** Takes an event outside any frame, for a view that is compared with others. */
    public void event(JsonNode event) {
        types.add(event.path("type").asText());
        switch (event.path("type").asText()) {
            case "message" -> message(event);
            case "turn-started" ->
                event.path("branches").forEach(it -> started(event.path("turn").asText(), it));
            case "delta" ->
                change(event.path("branch").asText(), event.path("text").asText());
            case "withdrawn" ->
                withdrawn(event.path("branch").asText(), event.path("kept").asInt());
            case "turn-ended" -> ended(event);
            case "room-deleted" -> conversation.clear();
            default -> {}
        }
    }

    private void message(JsonNode event) {
        String id = event.path("id").asText();
        int at = index(id);
        if (!event.has("outcome")) {
            assertThat(at).as("message %s is told once", id).isEqualTo(-1);
            cut(event);
            conversation.add(new Shown(id, "", event.path("text").asText(), false, ""));
            return;
        }
        var shown = new Shown(
                id,
                event.path("turn").asText(),
                event.path("text").asText(),
                false,
                event.path("outcome").asText());
        if (at >= 0) {
            conversation.set(at, shown);
        } else if (!dropped.contains(id)) {
            cut(event);
            conversation.add(shown);
        }
    }

    private void started(String turn, JsonNode branch) {
        String id = branch.path("branch").asText();
        var begun = new Shown(id, turn, "", true, "");
        if (index(id) < 0) {
            cut(branch);
            conversation.add(begun);
        } else {
            conversation.set(index(id), begun);
        }
    }

    private void change(String branch, String text) {
        int at = index(branch);
        if (at >= 0 && conversation.get(at).live()) {
            Shown old = conversation.get(at);
            conversation.set(at, new Shown(old.id(), old.turn(), old.text() + text, true, ""));
        }
    }

    private void withdrawn(String branch, int kept) {
        int at = index(branch);
        if (at >= 0 && conversation.get(at).live()) {
            Shown old = conversation.get(at);
            String text = old.text().substring(0, Math.min(kept, old.text().length()));
            conversation.set(at, new Shown(old.id(), old.turn(), text, true, ""));
        }
    }

    private void ended(JsonNode event) {
        int at = index(event.path("branch").asText());
        if (at >= 0 && conversation.get(at).live()) {
            Shown old = conversation.get(at);
            conversation.set(
                    at,
                    new Shown(
                            old.id(),
                            old.turn(),
                            old.text(),
                            false,
                            event.path("outcome").asText()));
        }
    }

    private void cut(JsonNode event) {
        int at = event.has("replaces") ? index(event.path("replaces").asText()) : -1;
        if (at < 0) {
            return;
        }
        String turn = conversation.get(at).turn();
        List<Shown> left = new ArrayList<>();
        for (int i = at; i < conversation.size(); i++) {
            if (i == at || turn.isEmpty() || !conversation.get(i).turn().equals(turn)) {
                left.add(conversation.get(i));
            }
        }
        left.stream().filter(Shown::live).forEach(it -> dropped.add(it.id()));
        conversation.removeAll(left);
    }

    private int index(String id) {
        for (int i = 0; i < conversation.size(); i++) {
            if (conversation.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + json, e);
        }
    }

    public List<Shown> conversation() {
        return List.copyOf(conversation);
    }

    public Optional<Cursor> cursor() {
        return cursor;
    }

    /** Goes on as if this had been the cursor of the last frame. */
    public void moveTo(Cursor other) {
        cursor = Optional.of(other);
    }

    public int snapshots() {
        return snapshots;
    }

    /** The types of the events since the last snapshot, its own included. */
    public List<String> types() {
        return List.copyOf(types);
    }
}
