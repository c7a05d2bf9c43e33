package dev.weir.room;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.event.Cursor;
import dev.weir.log.Frame;
import dev.weir.pipeline.frame.Block;
import dev.weir.pipeline.frame.BlockSplitter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Releases the texts of answers as complete blocks. Every event keeps its place; a delta carries what it made complete.
 * What is held at a cursor follows from the log before it, so a connection that comes back needs nothing but its cursor.
 */
final class MarkdownFraming implements Framing {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<Cursor, Optional<Map<String, String>>> texts;
    /** By branch, those that are being written; null until the first frame. */
    private @Nullable Map<String, BlockSplitter> splitters;

    /** @param texts what each answer that is being written had at a cursor, see {@link dev.weir.log.RoomHandle#texts} */
    MarkdownFraming(Function<Cursor, Optional<Map<String, String>>> texts) {
        this.texts = texts;
    }

    @Override
    public Optional<Frame> of(Frame frame, Cursor from) {
        Map<String, BlockSplitter> now = frame.snapshot() ? new HashMap<>() : splitters;
        if (now == null) {
            Optional<Map<String, String>> before = texts.apply(from);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            now = before.get().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, it -> after(it.getValue())));
        }
        splitters = now;
        return Optional.of(framed(frame, now));
    }

    private static BlockSplitter after(String text) {
        BlockSplitter splitter = new BlockSplitter();
        splitter.feed(text);
        return splitter;
    }

    private static Frame framed(Frame frame, Map<String, BlockSplitter> splitters) {
        try {
            JsonNode json = JSON.readTree(frame.json());
            for (JsonNode event : json.path("events")) {
                frame((ObjectNode) event, splitters);
            }
            return new Frame(frame.after(), JSON.writeValueAsString(json), frame.snapshot());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A frame of the log is not JSON", e);
        }
    }

    private static void frame(ObjectNode event, Map<String, BlockSplitter> splitters) {
        String branch = event.path("branch").asText();
        switch (event.path("type").asText()) {
            case "turn-started" ->
                event.path("branches")
                        .forEach(it -> splitters.put(it.path("branch").asText(), new BlockSplitter()));
            case "delta" -> delta(event, Optional.ofNullable(splitters.get(branch)));
            case "message" -> message(event, splitters);
            case "withdrawn", "turn-ended" -> splitters.remove(branch);
            default -> {}
        }
    }

    /** An answer that has ended or was withdrawn in the meantime has no splitter: its message follows, and has all. */
    private static void delta(ObjectNode event, Optional<BlockSplitter> splitter) {
        List<Block> blocks =
                splitter.map(it -> it.feed(event.path("text").asText())).orElse(List.of());
        event.put("text", blocks.stream().map(Block::text).collect(Collectors.joining()));
        BlockJson.write(event, blocks);
    }

    /** A finished answer takes the place of what was streamed, so it has all of its blocks. */
    private static void message(ObjectNode event, Map<String, BlockSplitter> splitters) {
        if (event.has("outcome")) {
            splitters.remove(event.path("id").asText());
            BlockSplitter splitter = new BlockSplitter();
            List<Block> blocks =
                    new ArrayList<>(splitter.feed(event.path("text").asText()));
            blocks.addAll(splitter.end());
            BlockJson.write(event, blocks);
        }
    }
}
