package dev.weir.pipeline.safety;

import java.util.Arrays;
import java.util.Locale;

/** What is done when something of a category is found. */
enum Action {
    /** The branch ends. */
    BLOCK,
    /** A verdict is written, and the text goes on. */
    REPORT,
    /** Nobody looks. */
    OFF;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of all, for a choice. */
    static String[] words() {
        return Arrays.stream(values()).map(Action::word).toArray(String[]::new);
    }

    /**
     * Reads a word.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static Action of(String setting, String word) {
        try {
            return valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "“" + word + "” is nothing that " + setting + " can be; write block, report or off.", e);
        }
    }
}
