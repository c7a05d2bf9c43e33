package dev.weir.room;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.pipeline.frame.Block;
import dev.weir.pipeline.frame.Container;
import java.util.List;
import java.util.Locale;

/** Writes blocks in the form of {@code docs/protocol.md}; what is empty, false or said already is left out. */
final class BlockJson {

    private BlockJson() {}

    static void write(ObjectNode event, List<Block> blocks) {
        if (!blocks.isEmpty()) {
            ArrayNode array = event.putArray("blocks");
            blocks.forEach(it -> write(array.addObject(), it));
        }
    }

    private static void write(ObjectNode json, Block block) {
        json.put("kind", block.kind().word()).put("id", block.id());
        flag(json, "continues", block.continues());
        flag(json, "partial", block.partial());
        if (!block.in().isEmpty()) {
            ArrayNode in = json.putArray("in");
            block.in().forEach(it -> write(in.addObject(), it));
        }
        json.put("text", block.text());
        if (!block.markdown().equals(block.text())) {
            json.put("markdown", block.markdown());
        }
        text(json, "lead", block.lead());
        text(json, "defines", block.defines());
    }

    private static void write(ObjectNode json, Container container) {
        json.put("kind", container.kind().name().toLowerCase(Locale.ROOT)).put("id", container.id());
        if (container.start() >= 0) {
            json.put("start", container.start());
        }
        flag(json, "loose", container.loose());
    }

    private static void flag(ObjectNode json, String field, boolean value) {
        if (value) {
            json.put(field, true);
        }
    }

    private static void text(ObjectNode json, String field, String value) {
        if (!value.isEmpty()) {
            json.put(field, value);
        }
    }
}
