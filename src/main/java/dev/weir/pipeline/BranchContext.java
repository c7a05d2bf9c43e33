package dev.weir.pipeline;

import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import dev.weir.event.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

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

    /** True when a program asked ({@code /v1}), for itself: no member of the room waits for the answer. */
    default boolean forProgram() {
        return false;
    }

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
     * stage still holds; a stage that only cuts the text here calls {@link Stage#end} of the next one before. In {@link
     * Mode#REPORT} it only writes the verdict. Does nothing once the branch is {@link #sealed()}: it ended without this.
     *
     * @param rule which rule decided
     * @param reason one sentence for the user
     */
    void block(String rule, String reason);

    /**
     * As {@link #block}, and takes back what was shown already: of the branch's text in the log only the beginning stays,
     * for everybody who reads it now or later. In {@link Mode#REPORT} it only writes the verdict.
     *
     * @param kept how many UTF-16 characters stay; one of the values of {@link #shown()}
     */
    void withdraw(int kept, String rule, String reason);

    /**
     * How many UTF-16 characters of this branch have come out of the last stage so far, with {@link #textBefore()}: what a
     * stage passes on after this call lies behind that place, whatever the stages after it make of it or hold.
     */
    int shown();

    /**
     * Waits for something outside; only in {@link Stage#prompt}, {@link Stage#delta} and {@link Stage#end}, where the model
     * reads no further meanwhile. Steps don't run meanwhile.
     *
     * @return true when it is there, well or failed; false when the time is over, or when nobody waits for this branch any
     *     more: it was stopped, blocked, superseded, or the server stops
     */
    boolean await(CompletionStage<?> what, Duration atMost);

    /**
     * Runs a step of a stage that another thread has made ready (a judgement, a translation): not while anything else of
     * this branch's stages runs, and not at all once they were told the end. The end waits for a step that has begun; a
     * stage that must not lose one waits for it in {@link Stage#end}, where steps no longer run by themselves.
     */
    void step(Runnable step);

    /** True once it is decided that the branch ends, however; what is held may still be released. */
    default boolean ending() {
        return false;
    }

    /** True once nothing more is released, whatever is passed on: the branch was blocked, or a stage failed. */
    default boolean sealed() {
        return false;
    }

    /** The output tokens of this branch so far, as the meter counts them. */
    void outputTokens(long tokens);

    /**
     * Writes a translation of a part of this branch's text into the log, after that text. Only of text that was passed on,
     * part after part without gaps for each language; nothing is written after a block.
     *
     * @param language a BCP 47 tag
     * @param from where the part begins in the branch's text, in UTF-16 characters, {@link #textBefore} included
     * @param to where it ends
     * @param text what stands for it; empty when the part stands as it is
     * @param original true when it should have been translated and was not
     */
    default void variant(String language, int from, int to, String text, boolean original) {}

    /**
     * A stage has used a model of its own: that is counted under that model, and its price is added to what this branch is
     * said to have cost. May come from any thread; what comes after the branch has ended is still counted, but no longer
     * in its price.
     *
     * @param model its name in the catalogue
     */
    default void spent(String model, Usage usage) {}

    /** The person whose own message this is, to be translated; empty for the answer of a model. */
    default Optional<Member> author() {
        return Optional.empty();
    }

    /**
     * Opens the guards for a text that goes to another model, or comes from one, beside this branch's own: everything that
     * is in force for this branch between the model and the log, but what is {@linkplain
     * StreamInterceptor#isForAnswersOnly() for answers only}. May come from any thread.
     */
    default SideText side() {
        throw new UnsupportedOperationException("This branch has no guards for other texts");
    }
}
