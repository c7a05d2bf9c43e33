package dev.weir.room;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Finds and removes what is too old. Methods block on the database. Thread-safe. */
public interface RetentionStore {

    /** Rooms in which nothing was said since this moment, at most so many, the longest unused first. */
    List<String> unusedSince(Instant moment, int limit);

    /**
     * Deletes messages that were said before this moment, and answers that began before it and are finished.
     *
     * @param limit the most of one call
     */
    Deleted deleteMessages(Instant before, int limit);

    /** Of these rooms, those in which nothing was said since this moment and nothing is being written. */
    Set<String> quietSince(Instant moment, Set<String> rooms);

    /**
     * What was deleted.
     *
     * @param rooms in which there was something
     */
    record Deleted(int messages, Set<String> rooms) {}
}
