package dev.weir.room.consumption;

import dev.weir.budget.Payer;
import java.util.List;

/**
 * What a node tells of what it uses. Travels between nodes.
 *
 * @param upTo what the next question is to say
 * @param used since the last question; the most of it, and the rest for payers without user, room and model
 * @param writing the answers that are being written there, at most {@value #MOST}, the dearest first
 * @param running how many there are in all, by organisation
 * @param alerts what budgets did there lately, the newest first
 */
record NodeConsumption(
        long upTo, List<Part> used, List<Writing> writing, List<Count> running, List<BudgetAlert> alerts) {

    static final int MOST = 1_000;

    NodeConsumption {
        used = List.copyOf(used);
        writing = List.copyOf(writing);
        running = List.copyOf(running);
        alerts = List.copyOf(alerts);
    }

    /** What a payer has used: tokens, and millionths of a US dollar. */
    record Part(Payer payer, long input, long output, long micros) {}

    record Count(String organisation, int running) {}
}
