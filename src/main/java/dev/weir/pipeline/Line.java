package dev.weir.pipeline;

/**
 * A piece of text that is sent to a model.
 *
 * @param speaker who said it
 * @param text may be empty
 */
public record Line(Speaker speaker, String text) {

    /** Who speaks in a prompt. */
    public enum Speaker {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }
}
