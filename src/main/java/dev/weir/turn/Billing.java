package dev.weir.turn;

import dev.weir.event.Usage;
import dev.weir.model.ModelSpec.Price;

/**
 * How an answer is paid for, on whichever node it is written.
 *
 * @param key the id of the API key that it was asked with; empty for none
 * @param price of its model when it began
 * @param settled what of its usage has been billed already, as that of another model
 */
public record Billing(String key, Price price, Usage settled) {

    /** Nothing is known of it. */
    public static final Billing FREE = new Billing("", Price.FREE, Usage.NOTHING);
}
