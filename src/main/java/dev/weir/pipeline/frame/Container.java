package dev.weir.pipeline.frame;

/**
 * What a block stands in.
 *
 * @param id unique in the text, from 1, in the order of the text
 * @param start of an ordered list, the number of its first item; -1 for everything else
 * @param loose of a list, whether its items are known to be apart; a list that is loose stays so, its earlier items too
 */
public record Container(Kind kind, int id, int start, boolean loose) {

    /** What it is. */
    public enum Kind {
        QUOTE,
        LIST,
        ITEM
    }
}
