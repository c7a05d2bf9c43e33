package dev.weir.event;

import java.time.Instant;

/**
 * An event in its place in the log.
 *
 * @param seq its number within the epoch, from 0, without gaps
 * @param at when it was appended, by the clock of the node that appended it
 */
public record Entry(long seq, Instant at, Event event) {}
