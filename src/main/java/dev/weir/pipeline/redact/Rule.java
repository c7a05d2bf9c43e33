package dev.weir.pipeline.redact;

/**
 * What was recognised, and what is to be done with it.
 *
 * @param name stands in verdicts and labels; never the value
 * @param priority the lower one counts when two rules found texts of the same length at the same place; those of an
 *     organisation are negative
 */
record Rule(String name, Action action, int priority) {

    /** What takes the place of the text with {@link Action#LABEL}. */
    String label() {
        return "[" + name + "]";
    }
}
