package dev.weir.pipeline;

/**
 * One interceptor at work on one branch: a decorator of the next stage. Called by one thread at a time. What it throws
 * ends the branch: nothing of what came later is released.
 */
public interface Stage {

    /**
     * Text from the stage before, never empty. It may be passed on at once, changed, or held back up to
     * {@link StreamInterceptor#maxHeld()}.
     */
    void delta(String text);

    /**
     * The text ends here, whatever the reason. Release or redact what is held, then call the next stage's {@code end}.
     * Called once, and never after a block.
     */
    void end();
}
