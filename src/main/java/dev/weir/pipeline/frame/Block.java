package dev.weir.pipeline.frame;

import java.util.List;
import java.util.Locale;

/**
 * A piece of a text that renders by itself: {@code lead + markdown} is a document of one block. {@code docs/framing.md}
 * says how blocks are put together again.
 *
 * @param id unique among blocks and containers of the text; the pieces of one block share it
 * @param continues whether this is a further piece of the block with this id, which came right before
 * @param partial whether it had to be released before it was complete, see {@link BlockSplitter#MAX_HELD}
 * @param in the containers around it, outermost first
 * @param text what it is in the text, blank lines around it included: all texts together are the text
 * @param lead what must stand before {@code markdown} to render a further piece by itself: the opening fence of a line of
 *     code, the head of a row; empty for a first piece
 * @param markdown its own lines without the marks of its containers; all pieces together are the whole block
 * @param defines the link reference definitions in it; they hold for the whole text. Mostly empty
 */
public record Block(
        Kind kind,
        int id,
        boolean continues,
        boolean partial,
        List<Container> in,
        String text,
        String lead,
        String markdown,
        String defines) {

    /** What it is. */
    public enum Kind {
        PARAGRAPH,
        HEADING,
        RULE,
        CODE,
        HTML,
        TABLE,
        /** Link reference definitions and nothing else: nothing to see. */
        DEFINITION,
        /** Blank lines: nothing to see but its containers. */
        BLANK;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Block {
        in = List.copyOf(in);
    }
}
