package dev.weir.pipeline;

import dev.weir.event.Event.ToolCall;
import java.util.List;

/**
 * One interceptor at work on one branch: a decorator of the next stage. Called by one thread at a time. What it throws
 * ends the branch: nothing of what came later is released.
 */
public interface Stage {

    /**
     * Looks at what is about to be sent to the model, before any {@link #delta}; called once. {@link
     * BranchContext#block} here ends the branch without asking the model.
     *
     * @param lines the conversation in order, the question last
     * @return as many lines, each with the text to be sent
     */
    default List<Line> prompt(List<Line> lines) {
        return lines;
    }

    /**
     * True when {@link #prompt} waits for something outside; the whole chain's prompt is then called on a virtual thread of
     * its own, else while the caller waits for the turn to begin.
     */
    default boolean promptWaits() {
        return false;
    }

    /**
     * Text from the stage before, never empty. It may be passed on at once, changed, or held back up to
     * {@link StreamInterceptor#maxHeld()}.
     */
    void delta(String text);

    /**
     * Looks at what the model asks its caller to run, whole; after all text and before {@link #end}.
     *
     * @return what is shown instead, or the same
     */
    default ToolCall toolCall(ToolCall call) {
        return call;
    }

    /**
     * A stage of this branch, whichever, is about to write a translation into the log, beside the text. What this one throws
     * keeps it from being written.
     *
     * @param language a BCP 47 tag
     * @param text not empty
     */
    default void variant(String language, String text) {}

    /**
     * The text ends here, whatever the reason. Release or redact what is held, then call the next stage's {@code end}.
     * Called once, and never after a block. May wait, until {@link #cancel}.
     */
    void end();

    /**
     * The branch is over and this stage is let go: called once, after everything else, however the branch ended. For figures
     * and for giving things back; nothing can be released any more. Returns at once, except where something that was shown
     * may still have to be {@linkplain BranchContext#withdraw withdrawn}: then it may wait for that.
     */
    default void closed() {}

    /**
     * Nobody waits for this answer any more: it was stopped, blocked, failed or replaced, or the node stops. Closes what
     * the stage has open outside and makes a waiting {@link #end} return. Called by any thread, perhaps more than once,
     * perhaps while another call is under way; returns at once.
     */
    default void cancel() {}
}
