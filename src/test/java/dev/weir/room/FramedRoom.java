package dev.weir.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.log.Frame;
import dev.weir.log.MemoryColdLog;
import dev.weir.log.MemoryHotTail;
import dev.weir.log.QuickRoomLog;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomHandle.Next;
import dev.weir.pipeline.frame.Block;
import dev.weir.pipeline.frame.BlockSplitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A room in which answers are written side by side, and one client that reads them in blocks and comes and goes. */
final class FramedRoom {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Member ADA = Member.person("ada", "Ada");
    private static final Member FAST = Member.model("fast", "Fast");
    private static final Usage USAGE = new Usage(1, 2, 3, true);
    private static final Timing TIMING = new Timing(4, 5);

    private record Said(long seq, String branch, String text) {}

    private final RoomHandle room;
    private final List<Said> said = new ArrayList<>();
    private final List<String> writing = new ArrayList<>();
    private final Map<String, String> texts = new HashMap<>();
    private int names;

    private MarkdownFraming framing;
    private Optional<Cursor> cursor = Optional.empty();
    private final Map<String, List<JsonNode>> live = new HashMap<>();
    private final Map<String, List<JsonNode>> finished = new LinkedHashMap<>();
    int snapshots;
    int joins;

    FramedRoom(int capacity) {
        MemoryColdLog cold = new MemoryColdLog();
        this.room = QuickRoomLog.atOnce(new MemoryHotTail(capacity, cold), cold).open("r");
        this.framing = new MarkdownFraming(room::texts);
    }

    private Cursor append(Event... events) {
        return room.append(List.of(events)).toCompletableFuture().join();
    }

    /** A turn with some branches begins. */
    void ask(int models) {
        String turn = "t" + names++;
        List<Event.Branch> branches = new ArrayList<>();
        for (int i = 0; i < models; i++) {
            branches.add(new Event.Branch("b" + names++, FAST, Optional.empty()));
        }
        append(new Event.TurnStarted(turn, "m", ADA, branches, List.of()));
        branches.forEach(it -> writing.add(it.id()));
    }

    void write(int which, String text) {
        if (!writing.isEmpty()) {
            String branch = writing.get(which % writing.size());
            said.add(new Said(append(new Event.Delta("t", branch, text)).seq(), branch, text));
        }
    }

    void notice() {
        append(new Event.Notice("", "Something"));
    }

    void finish(int which, Outcome outcome) {
        if (!writing.isEmpty()) {
            String branch = writing.remove(which % writing.size());
            String text = text(branch, Long.MAX_VALUE);
            if (outcome == Outcome.BLOCKED) {
                text = text.substring(0, text.length() / 2);
                append(new Event.Withdrawn("t", branch, text.length(), "rule"));
                notice();
            }
            texts.put(branch, text);
            var ended = new Event.TurnEnded("t", branch, outcome, "", USAGE, TIMING);
            var answer = new Event.Answer("t", "m", "fast", outcome, "", USAGE, TIMING);
            if (outcome == Outcome.SUPERSEDED) {
                append(ended);
            } else {
                append(new Event.Message(branch, FAST, text, Optional.empty(), Optional.of(answer)), ended);
            }
        }
    }

    private String text(String branch, long before) {
        StringBuilder text = new StringBuilder();
        said.stream()
                .filter(it -> it.branch().equals(branch) && it.seq() < before)
                .forEach(it -> text.append(it.text()));
        return text.toString();
    }

    /** The client goes and comes back, with its cursor or as a new one. */
    void comeBack(boolean asNew) {
        framing = new MarkdownFraming(room::texts);
        if (asNew) {
            joins += cursor.isPresent() ? 1 : 0;
            cursor = Optional.empty();
        }
    }

    /** The client takes one frame; false when there is none. */
    boolean read() {
        Cursor from = cursor.orElse(Cursor.START);
        Next next = room.next(from, () -> "");
        if (!(next instanceof Next.Ready ready)) {
            return false;
        }
        framing.of(ready.frame(), from).ifPresentOrElse(this::take, () -> cursor = Optional.empty());
        return true;
    }

    void readAll() {
        while (read()) {
            check();
        }
        check();
    }

    private void take(Frame frame) {
        JsonNode json = json(frame.json());
        assertThat(json.path("cursor").asText()).isEqualTo(frame.after().toString());
        if (frame.snapshot()) {
            snapshots++;
            live.clear();
            finished.clear();
        } else {
            long expected = cursor.orElseThrow().seq();
            for (JsonNode event : json.path("events")) {
                assertThat(event.path("seq").asLong()).isEqualTo(expected++);
            }
        }
        json.path("events").forEach(this::take);
        cursor = Optional.of(frame.after());
    }

    private void take(JsonNode event) {
        String branch = event.path("branch").asText();
        switch (event.path("type").asText()) {
            case "turn-started" ->
                event.path("branches").forEach(it -> live.put(it.path("branch").asText(), new ArrayList<>()));
            case "delta" -> {
                event.path("blocks").forEach(Objects.requireNonNull(live.get(branch))::add);
                assertThat(event.path("text").asText()).isEqualTo(text(event.path("blocks")));
            }
            case "message" -> {
                List<JsonNode> blocks = new ArrayList<>();
                event.path("blocks").forEach(blocks::add);
                assertThat(text(blocks)).isEqualTo(event.path("text").asText());
                live.remove(event.path("id").asText());
                finished.put(event.path("id").asText(), blocks);
            }
            case "withdrawn" ->
                withdraw(
                        Objects.requireNonNull(live.get(branch)),
                        event.path("kept").asInt());
            case "turn-ended" -> live.remove(branch);
            default -> {}
        }
    }

    /** What reaches beyond the characters that are kept is taken away. */
    private static void withdraw(List<JsonNode> blocks, int kept) {
        while (text(blocks).length() > kept) {
            blocks.removeLast();
        }
    }

    /** What the client has is what the text up to its cursor makes complete, whatever it went through. */
    private void check() {
        live.forEach((branch, blocks) -> {
            List<JsonNode> expected = blocks(text(branch, cursor.orElseThrow().seq()), false);
            if (writing.contains(branch)) {
                assertThat(blocks).isEqualTo(expected);
            } else {
                assertThat(expected).startsWith(blocks.toArray(JsonNode[]::new));
            }
        });
        finished.forEach((branch, blocks) ->
                assertThat(blocks).isEqualTo(blocks(Objects.requireNonNull(texts.get(branch)), true)));
    }

    /** The client has seen everything: no answer is open that is not being written. */
    void checkCaughtUp() {
        assertThat(live.keySet()).containsExactlyInAnyOrderElementsOf(writing);
    }

    private static List<JsonNode> blocks(String text, boolean whole) {
        BlockSplitter splitter = new BlockSplitter();
        List<Block> blocks = new ArrayList<>(splitter.feed(text));
        if (whole) {
            blocks.addAll(splitter.end());
        }
        ObjectNode json = JSON.createObjectNode();
        BlockJson.write(json, blocks);
        List<JsonNode> nodes = new ArrayList<>();
        json(json.toString()).path("blocks").forEach(nodes::add);
        return nodes;
    }

    private static String text(Iterable<JsonNode> blocks) {
        StringBuilder text = new StringBuilder();
        blocks.forEach(it -> text.append(it.path("text").asText()));
        return text.toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }
}
