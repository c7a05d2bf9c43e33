package dev.weir.model;

import java.util.List;

/** The configuration of the models has mistakes; the message lists every one, by key, and none of the values that are secret. */
public final class InvalidModelConfiguration extends IllegalStateException {

    private final transient List<String> mistakes;

    InvalidModelConfiguration(List<String> mistakes) {
        super("The models can't be used as they are configured:\n  - " + String.join("\n  - ", mistakes)
                + "\nEvery key is explained in docs/models.md.");
        this.mistakes = List.copyOf(mistakes);
    }

    /** One sentence each, beginning with the key. */
    public List<String> mistakes() {
        return mistakes;
    }
}
