package dev.weir.turn;

import dev.weir.event.Member;
import dev.weir.model.ModelSpec;
import java.time.Instant;

/**
 * One model's answer that begins now. Ids and names only, no text.
 *
 * @param requestedBy who asked
 */
public record StartedBranch(String room, String turn, String branch, ModelSpec model, Member requestedBy, Instant at) {}
