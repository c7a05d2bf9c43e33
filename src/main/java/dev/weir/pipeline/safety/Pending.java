package dev.weir.pipeline.safety;

import dev.weir.pipeline.safety.Judge.Judgement;
import java.util.concurrent.CompletableFuture;

/** A judgement that is there or will come. */
record Pending(CompletableFuture<Judgement> judgement) {

    boolean there() {
        return judgement.isDone();
    }

    boolean failed() {
        return judgement.isCompletedExceptionally();
    }

    /** Runs a step on a thread of its own when the judgement is there. */
    void then(Runnable step) {
        judgement.whenCompleteAsync((done, failure) -> step.run(), Thread::startVirtualThread);
    }

    /** Nobody needs it any more. */
    void giveUp() {
        judgement.cancel(true);
    }
}
