package dev.weir.pipeline.redact;

/**
 * A piece of the text that a recogniser is certain about; positions count UTF-16 characters from the text's beginning.
 *
 * @param from of its first character
 * @param to after its last
 * @param whole false when it is a part of something longer, so that it is removed whatever its action says
 * @param more true when it goes on with what the same scan found before it
 */
record Span(Rule rule, int from, int to, boolean whole, boolean more) {

    /** True when it counts before another one of the same beginning. */
    boolean isBefore(Span other) {
        return to > other.to || (to == other.to && rule.priority() < other.rule.priority());
    }
}
