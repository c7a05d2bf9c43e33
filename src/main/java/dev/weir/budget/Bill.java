package dev.weir.budget;

import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.time.Instant;

/**
 * What one answer used, or what was used of another model beside it.
 *
 * @param id the answer's; with more after it where there are several bills for one answer
 * @param generation grows with each node that takes the answer over
 * @param at when it was settled
 */
public record Bill(String id, long generation, Instant at, Payer payer, Usage usage, Outcome outcome) {}
