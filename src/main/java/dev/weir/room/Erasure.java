package dev.weir.room;

import java.time.Instant;
import java.util.Optional;

/**
 * How far it is with forgetting somebody.
 *
 * @param user the id of an account that is there no longer
 * @param finished empty while something of them may be left
 * @param messages how many messages were erased up to now, answers included; those of rooms that were deleted don't count
 */
public record Erasure(String user, Instant begun, Optional<Instant> finished, long messages) {}
