package dev.weir.turn;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Reaches the turns of the cluster's other nodes. Thread-safe. */
public interface OtherNodes {

    /** There are none. */
    OtherNodes NONE = new OtherNodes() {
        @Override
        public CompletionStage<Void> tell(EndOrder order) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void listen(Consumer<EndOrder> obey) {
            // nobody orders anything
        }
    };

    /**
     * Has every other node end what the order concerns. Does not block.
     *
     * @return completes when all of them have obeyed or gone; fails when one could not
     */
    CompletionStage<Void> tell(EndOrder order);

    /** Calls this with each order of another node, on a thread that may wait. For one listener. */
    void listen(Consumer<EndOrder> obey);
}
