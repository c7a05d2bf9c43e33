package dev.weir.pipeline.redact;

/**
 * A recogniser at work on one text: a machine that is given each character once, in order. What it does may depend on
 * nothing but the characters, so it never sees where deltas end. It takes a bounded time for each character.
 */
abstract class Scan {

    /** No position: nothing is undecided. */
    static final int NONE = Integer.MAX_VALUE;

    /** The most characters that one scan leaves undecided; what would be longer counts as found from there on. */
    static final int BOUND = 256;

    final Window window;
    final Findings findings;

    Scan(Window window, Findings findings) {
        this.window = window;
        this.findings = findings;
    }

    /**
     * The next character. An idle scan is given only those that its recogniser says it begins with.
     *
     * @param at its position
     * @return false when it is idle again
     */
    abstract boolean next(char c, int at);

    /** There is no more text: whatever is undecided is decided now. */
    abstract void end(int at);

    /** From where on the text seen can still become, or belong to, something that this scan finds; {@link #NONE}. */
    abstract int undecidedFrom();

    /** Steps done inside beyond one for each character, for proofs that they stay in proportion to the text. */
    long steps() {
        return 0;
    }
}
