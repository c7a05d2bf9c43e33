package dev.weir.log;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The hot end of every live room's log: shared by all nodes, replicated, bounded, and gone when all nodes are gone.
 * Events are kept as they travel, as JSON objects without {@code seq}. Thread-safe.
 */
public interface HotTail {

    /** The room's epoch; when the room has no hot tail, one is made under {@link ColdLog#nextEpoch}. May block. */
    long open(String room);

    /**
     * Appends events, all together and in this order. When the stage completes, they are held by a second node, where
     * there is one.
     *
     * @return the seq of the first
     */
    CompletionStage<Long> append(String room, long epoch, List<String> events);

    /**
     * Reads from {@code from} on, at most {@code max} events; completes when there is at least one, so this is also how
     * to wait. What was overwritten is skipped: the slice then begins later than asked.
     */
    CompletionStage<Slice> read(String room, long epoch, long from, int max);

    /** Frees the memory of a room's hot tail. Whoever opens the room next gets a new epoch. */
    void retire(String room, long epoch);

    /** The most events that a room's hot tail keeps. */
    int capacity();

    /** Consecutive events; the first has number {@code first}. */
    record Slice(long first, List<String> events) {}
}
