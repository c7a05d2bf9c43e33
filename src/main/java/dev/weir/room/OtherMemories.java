package dev.weir.room;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Reaches what the cluster's other nodes have in memory. Thread-safe. */
public interface OtherMemories {

    /** There are none. */
    OtherMemories NONE = new OtherMemories() {
        @Override
        public CompletionStage<Void> forget(Set<String> rooms) {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void listen(Consumer<Set<String>> obey) {
            // nobody orders anything
        }
    };

    /**
     * Has every other node drop what it has read of these rooms, and write what its audit has waiting. Does not block.
     *
     * @return completes when all of them have done so or gone; fails when one could not
     */
    CompletionStage<Void> forget(Set<String> rooms);

    /** Calls this with each order of another node, on a thread that may wait. For one listener. */
    void listen(Consumer<Set<String>> obey);
}
