package dev.weir.turn;

import dev.weir.event.Member;
import dev.weir.model.ModelSpec;
import java.time.Instant;

/**
 * One model's answer that begins now. Ids and names only, no text.
 *
 * @param message the id of the message that is answered
 * @param requestedBy who asked
 * @param organisation the id of the organisation on whose behalf
 */
public record StartedBranch(
        String room,
        String turn,
        String branch,
        String message,
        ModelSpec model,
        Member requestedBy,
        String organisation,
        Instant at) {}
