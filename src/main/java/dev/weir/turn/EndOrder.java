package dev.weir.turn;

import dev.weir.event.Outcome;
import java.util.Set;

/**
 * Which answers of a room are to end, and how. Obeying it again does no harm.
 *
 * @param turn those of this turn; empty for every turn
 * @param messages those that are, or that answer, one of these; empty for all
 * @param reason in plain words
 */
public record EndOrder(String room, String turn, Set<String> messages, Outcome outcome, String reason) {

    public EndOrder {
        messages = Set.copyOf(messages);
    }

    /** Whether it is for everything in the room. */
    boolean isForRoom() {
        return turn.isEmpty() && messages.isEmpty();
    }

    boolean concerns(RunningBranch branch) {
        return branch.room().equals(room)
                && (turn.isEmpty() || branch.turn().equals(turn))
                && (messages.isEmpty() || messages.contains(branch.requestOf()) || messages.contains(branch.branch()));
    }
}
