package dev.weir.pipeline.frame;

/** Reads a text from one place on. */
abstract class Reader {

    final String text;
    int at;

    Reader(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Passes this character, if it is the one that stands here. */
    final boolean has(char c) {
        boolean has = more() && now() == c;
        at += has ? 1 : 0;
        return has;
    }

    final boolean more() {
        return at < text.length();
    }

    /** The character that stands here; only where there is {@link #more}. */
    final char now() {
        return text.charAt(at);
    }
}
