package dev.weir.log;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The hot end of every live room's log: shared by all nodes, replicated, bounded, and gone when all nodes are gone.
 * Events are kept as they travel, as JSON objects without {@code seq}. Thread-safe.
 */
public interface HotTail {

    /**
     * Opens the room's hot tail for this node; when no node has it open, a new one is made under
     * {@link ColdLog#nextEpoch}. May block.
     */
    Opened open(String room);

    /**
     * Says that this node has done with the room. The last node to do so frees the memory; whoever opens the room next
     * gets a new epoch. May block.
     */
    void release(String room, long epoch);

    /**
     * Appends events, all together and in this order. When the stage completes, they are held by a second node, where
     * there is one. It completes on a thread on which one may wait, as that of {@link #read} does.
     *
     * @return the seq of the first
     */
    CompletionStage<Long> append(String room, long epoch, List<String> events);

    /**
     * Reads from {@code from} on, at most {@code max} events; completes when there is at least one, so this is also how
     * to wait. What was overwritten is skipped: the slice then begins later than asked.
     */
    CompletionStage<Slice> read(String room, long epoch, long from, int max);

    /**
     * The rooms that nodes have open which are none of these. Blocks.
     *
     * @param alive ids of nodes
     */
    default Set<String> left(List<String> alive) {
        return Set.of();
    }

    /** The nodes that are none of these have the room open no longer. Blocks. */
    default void forget(String room, List<String> alive) {}

    /**
     * Drops what the room's hot tail has, at all nodes; whoever opens the room next gets a new epoch. What is read or
     * appended under the epoch before may fail from now on, and nobody sees it. Does nothing when no node has the room open.
     * Blocks.
     */
    void renew(String room);

    /** The most events that a room's hot tail keeps; older ones are overwritten. */
    int capacity();

    /**
     * An open hot tail.
     *
     * @param first the seq of the oldest event it still has
     * @param next the seq that the next event will get
     */
    record Opened(long epoch, long first, long next) {}

    /** Consecutive events; the first has number {@code first}. */
    record Slice(long first, List<String> events) {}
}
