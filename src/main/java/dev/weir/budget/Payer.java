package dev.weir.budget;

/**
 * Who an answer is for, by ids, and the model's name in the catalogue.
 *
 * @param key the id of the API key that the call came with; empty for none
 */
public record Payer(String organisation, String user, String key, String room, String model) {

    /** One who came without an API key. */
    public Payer(String organisation, String user, String room, String model) {
        this(organisation, user, "", room, model);
    }

    /** The same with another model. */
    public Payer asking(String other) {
        return new Payer(organisation, user, key, room, other);
    }
}
