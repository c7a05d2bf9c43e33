package dev.weir.room.consumption;

import dev.weir.budget.Payer;
import dev.weir.event.Usage;

/**
 * An answer that is being written.
 *
 * @param turn the turn's id; empty when it has just ended
 * @param since in milliseconds since 1970, when the node that writes it took it
 * @param input tokens
 * @param output tokens so far, as estimated
 * @param micros so far, in millionths of a US dollar
 */
public record Writing(String answer, String turn, Payer payer, long since, long input, long output, long micros) {

    Usage usage() {
        return new Usage(input, output, micros, true);
    }
}
