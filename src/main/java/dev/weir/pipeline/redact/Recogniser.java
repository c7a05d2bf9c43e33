package dev.weir.pipeline.redact;

/** Knows one or some kinds of data by their look. Shared and immutable; its state for one text is a {@link Scan}. */
interface Recogniser {

    /**
     * True when what it looks for may begin with this character, so that an idle scan must see it. For all characters
     * that are not ASCII it is asked once, with U+0080.
     */
    boolean begins(char c);

    /** True when with this character it begins only where no ASCII letter, digit or underscore stands before. */
    default boolean atWordStart(char c) {
        return true;
    }

    /**
     * Opens it for one text.
     *
     * @param window the text as far as it is kept
     * @param findings whom to tell
     * @param words which context words came
     */
    Scan open(Window window, Findings findings, ContextWords.Seen words);
}
