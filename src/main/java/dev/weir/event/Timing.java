package dev.weir.event;

/**
 * How long an answer took.
 *
 * @param firstDeltaMillis milliseconds from the start of the turn to the first delta; -1 when there was none
 * @param durationMillis milliseconds from the start of the turn to its end
 */
public record Timing(long firstDeltaMillis, long durationMillis) {}
