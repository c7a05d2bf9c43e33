package dev.weir.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where records are kept. Methods block, and throw what they like when the store does not take or give. Thread-safe. */
public interface AuditStore {

    /**
     * A chain as the store has it.
     *
     * @param start what it begins after; empty when it begins with its first record
     * @param head how far it goes; empty when nothing was kept of it
     */
    record Chain(String name, Optional<Seal> start, Optional<Seal> head) {}

    /** The chain's end is not where the one who appends has left it. */
    final class Moved extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Moved(String chain) {
            super("The end of audit chain " + chain + " is not where it was left.");
        }
    }

    /** All chains, in the order of their names. Those of which only records are left have neither start nor head. */
    List<Chain> chains();

    /** A chain; one without start and head when it is not there. */
    Chain chain(String name);

    /**
     * Keeps records, all of them or none, and makes this the chain's head.
     *
     * @param before the head that they follow; empty for a new chain
     * @param checkpoint whether this end is also kept as a checkpoint
     * @throws Moved when the chain's head is another
     */
    void append(Optional<Seal> before, List<AuditRecord> records, Seal head, Optional<Seal> checkpoint);

    /** Records of a chain in their order, from this number on. */
    List<AuditRecord> read(String chain, long from, int limit);

    /** The checkpoints of a chain that are kept, in their order. */
    List<Seal> checkpoints(String chain);

    /** The last of the first records of a chain that are all older, at most so many; empty for none. */
    Optional<AuditRecord> lastBefore(String chain, Instant moment, int most);

    /** Removes all records of a chain, and its checkpoints, up to this place, which becomes its start. */
    void shorten(Seal start);

    /**
     * Records that fit, of all chains.
     *
     * @param after where the page before ended; empty for the first
     */
    List<AuditRecord> find(AuditQuery query, Optional<AuditPlace> after, int limit);

    /** Erases the texts of all records that fit; the records stay. Returns how many texts there were. */
    long eraseTexts(AuditQuery query);
}
