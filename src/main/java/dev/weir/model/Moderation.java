package dev.weir.model;

import java.util.concurrent.CompletableFuture;

/** A provider's own moderation of texts. Safe to use from many threads. */
public interface Moderation {

    /**
     * Asks what is wrong with a text, and returns at once.
     *
     * @return fails when the provider gives no answer; cancelling it closes the connection
     */
    CompletableFuture<Flag> look(String text);

    /**
     * What the provider flags most.
     *
     * @param category in the provider's word; empty when it flags nothing
     * @param score from 0 to 1
     */
    record Flag(String category, double score) {

        /** Nothing is flagged. */
        public static final Flag NONE = new Flag("", 0);
    }
}
