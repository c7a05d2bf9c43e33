package dev.weir.pipeline;

import dev.weir.event.Event.Verdict;

/** The branch that a stage works on, and what the stage may say about it. */
public interface BranchContext {

    String room();

    String turn();

    String branch();

    /** The model's name in the catalogue. */
    String model();

    Mode mode();

    /** The text that a continued answer already has, and that went through the pipeline before; empty otherwise. */
    String textBefore();

    /**
     * The value of a setting of this interceptor, {@code weir.interceptors.NAME.KEY}, or the default when it is not set.
     */
    String setting(String key, String defaultValue);

    /** Writes a verdict into the log, at this place of the text. */
    void verdict(Verdict.Decision decision, String rule);

    /**
     * Ends the branch as blocked: the connection to the model is closed and nothing more is released, also not what any
     * stage still holds. In {@link Mode#REPORT} it only writes the verdict.
     *
     * @param rule which rule decided
     * @param reason one sentence for the user
     */
    void block(String rule, String reason);

    /** The output tokens of this branch so far, as the meter counts them. */
    void outputTokens(long tokens);
}
