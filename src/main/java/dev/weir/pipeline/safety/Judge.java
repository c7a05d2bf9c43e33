package dev.weir.pipeline.safety;

import java.util.concurrent.CompletableFuture;

/** Judges texts; another model, as a rule. Safe to use from many threads. */
public interface Judge {

    /**
     * Begins to judge a text and returns at once.
     *
     * @param context what was said just before, for understanding only; may be empty
     * @param text not empty
     * @return fails when the text could not be judged. Who completes it by himself, or cancels it, gives the judging up
     */
    CompletableFuture<Judgement> judge(String context, String text);

    /**
     * What was found.
     *
     * @param category lower case, words joined by hyphens; empty when nothing was found
     * @param score how certain that is, from 0 to 1
     */
    record Judgement(String category, double score) {

        /** Nothing was found. */
        public static final Judgement HARMLESS = new Judgement("", 0);
    }
}
