package dev.weir.pipeline;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;

/** The branch that a stage works on, and what the stage may say about it. */
public interface BranchContext {

    String room();

    String turn();

    String branch();

    /** The model's name in the catalogue. */
    String model();

    Mode mode();

    /** The id of the organisation on whose behalf the model is asked. */
    String organisation();

    /** Who asked. */
    Member requestedBy();

    /** The text that a continued answer already has, and that went through the pipeline before; empty otherwise. */
    String textBefore();

    /**
     * The value of a setting of this interceptor, or the default when nobody has set it: what the room's policy says,
     * before the organisation's, before the installation's, before the configuration ({@code weir.interceptors.NAME.KEY}).
     * Does not change while the answer is written.
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

    /**
     * Runs a step of a stage that another thread has made ready (a judgement, a translation): not while anything else of
     * this branch's stages runs, and not at all once they were told the end. The end waits for a step that has begun; a
     * stage that must not lose one waits for it in {@link Stage#end}, where steps no longer run by themselves.
     */
    void step(Runnable step);

    /** The output tokens of this branch so far, as the meter counts them. */
    void outputTokens(long tokens);
}
