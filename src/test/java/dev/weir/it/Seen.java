package dev.weir.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client has of a room, by the rules of the protocol, and what was wrong with how it came: a gap in the numbers, or
 * an event sent twice. Not thread-safe.
 */
final class Seen {

    private final List<Item> items = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private String cursor = "";
    private int snapshots;
    private int deltas;

    /** A message, or an answer that is being written. */
    static final class Item {
        final String id;
        final String turn;
        final JsonNode from;
        String text = "";
        boolean live;

        @Nullable
        JsonNode message;

        Item(String id, String turn, JsonNode from) {
            this.id = id;
            this.turn = turn;
            this.from = from;
        }

        boolean isAnswer() {
            return from.path("kind").asText().equals("model");
        }

        /** Empty while it is being written. */
        String outcome() {
            return json().path("outcome").asText();
        }

        String reason() {
            return json().path("reason").asText();
        }

        /** The finished message; nothing in it while it is being written. */
        JsonNode json() {
            JsonNode finished = message;
            return finished == null ? MissingNode.getInstance() : finished;
        }

        @Override
        public String toString() {
            return from.path("name").asText() + (live ? " (writing)" : "") + " " + outcome() + ": " + text;
        }
    }

    String cursor() {
        return cursor;
    }

    List<String> faults() {
        return faults;
    }

    int snapshots() {
        return snapshots;
    }

    int deltas() {
        return deltas;
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    Optional<Item> item(String id) {
        return items.stream().filter(it -> it.id.equals(id)).findFirst();
    }

    void frame(JsonNode frame) {
        String after = frame.path("cursor").asText();
        if (frame.path("snapshot").asBoolean()) {
            items.clear();
            snapshots++;
            frame.path("events").forEach(this::apply);
        } else {
            number(frame, after);
        }
        cursor = after;
    }

    private void number(JsonNode frame, String after) {
        if (cursor.isEmpty()) {
            faults.add("the first frame is no snapshot: " + after);
        } else if (epoch(after) != epoch(cursor)) {
            faults.add("another epoch without a snapshot: " + cursor + " " + after);
        }
        long expected = cursor.isEmpty() ? 0 : seq(cursor);
        for (JsonNode event : frame.path("events")) {
            long seq = event.path("seq").asLong();
            if (seq != expected) {
                faults.add("event " + seq + " came in the place of " + expected);
            }
            if (seq >= expected) {
                expected = seq + 1;
                apply(event);
            }
        }
        if (seq(after) != expected) {
            faults.add("the cursor " + after + " does not follow " + expected);
        }
    }

    static long epoch(String cursor) {
        return Long.parseLong(cursor.substring(0, cursor.indexOf('-')));
    }

    static long seq(String cursor) {
        return Long.parseLong(cursor.substring(cursor.indexOf('-') + 1));
    }

    private void apply(JsonNode event) {
        switch (event.path("type").asText()) {
            case "message" -> message(event);
            case "turn-started" -> started(event);
            case "delta" -> delta(event);
            case "withdrawn" ->
                item(event.path("branch").asText())
                        .ifPresent(it -> it.text =
                                it.text.substring(0, Math.min(event.path("kept").asInt(), it.text.length())));
            case "turn-ended" -> item(event.path("branch").asText()).ifPresent(it -> it.live = false);
            default -> {}
        }
    }

    private void message(JsonNode event) {
        String id = event.path("id").asText();
        Optional<Item> known = item(id);
        if (known.isEmpty() && event.has("replaces")) {
            leave(event.path("replaces").asText());
        }
        Item item = known.orElseGet(() -> add(new Item(id, event.path("turn").asText(), event.path("from"))));
        item.text = event.path("text").asText();
        item.message = event;
        item.live = false;
    }

    private void started(JsonNode event) {
        for (JsonNode branch : event.path("branches")) {
            if (branch.has("replaces")) {
                leave(branch.path("replaces").asText());
            }
            String id = branch.path("branch").asText();
            Item item =
                    item(id).orElseGet(() -> add(new Item(id, event.path("turn").asText(), branch.path("model"))));
            item.live = true;
            item.text = "";
            item.message = null;
        }
    }

    private void delta(JsonNode event) {
        deltas++;
        String branch = event.path("branch").asText();
        item(branch)
                .ifPresentOrElse(
                        it -> it.text += event.path("text").asText(),
                        () -> faults.add("a delta for an answer that is not there: " + branch));
    }

    /** A message and what follows it goes, except answers of the same turn as the replaced one. */
    private void leave(String replaced) {
        Optional<Item> gone = item(replaced);
        if (gone.isEmpty()) {
            return;
        }
        int from = items.indexOf(gone.get());
        String turn = gone.get().turn;
        List<Item> followers = List.copyOf(items.subList(from, items.size()));
        items.removeAll(followers.stream()
                .filter(it -> it == gone.get() || turn.isEmpty() || !it.turn.equals(turn))
                .toList());
    }

    private Item add(Item item) {
        items.add(item);
        return item;
    }
}
