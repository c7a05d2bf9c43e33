package dev.weir.pipeline.translate;

/**
 * A piece of an answer that is translated by itself. Pieces follow each other without gaps.
 *
 * @param from where it begins in the answer's text, in UTF-16 characters
 * @param source all of it: the markdown before the prose, the prose, what follows
 * @param proseFrom where the prose begins within {@code source}
 * @param proseTo where it ends; the same as {@code proseFrom} when there is nothing to translate
 */
record Piece(int from, String source, int proseFrom, int proseTo) {

    int to() {
        return from + source.length();
    }

    String prose() {
        return source.substring(proseFrom, proseTo);
    }

    /** The whole piece with other prose. */
    String with(String prose) {
        return source.substring(0, proseFrom) + prose + source.substring(proseTo);
    }
}
