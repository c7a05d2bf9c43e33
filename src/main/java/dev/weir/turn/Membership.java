package dev.weir.turn;

import java.time.Duration;
import java.util.Set;

/**
 * Which nodes take part, as the one database has it, which all of them share. Where nodes no longer see each other, this
 * settles who goes on: whoever takes the others out first. Methods block. Thread-safe.
 */
public interface Membership {

    /** A node that has given no sign of life for so long counts as gone when another one comes. */
    Duration SILENCE = Duration.ofSeconds(10);

    /** For a node that can have no others. */
    Membership ALONE = new Membership() {
        @Override
        public boolean allowsOthers() {
            return false;
        }

        @Override
        public Set<String> join(String node, Set<String> seen) {
            return Set.of();
        }

        @Override
        public boolean beat(String node) {
            return true;
        }

        @Override
        public boolean takeOut(Set<String> gone, String node) {
            return true;
        }

        @Override
        public void leave(String node) {}
    };

    /** Whether there can be other nodes. */
    default boolean allowsOthers() {
        return true;
    }

    /**
     * Takes a node in, unless another takes part that it should see and doesn't.
     *
     * @param seen the nodes that it sees, itself too
     * @return those that it doesn't see, and that have given a sign of life within {@link #SILENCE}; when there are none, it
     *     takes part from now on
     */
    Set<String> join(String node, Set<String> seen);

    /** Gives a sign of life; false when the node takes no part, for others have taken it out. */
    boolean beat(String node);

    /**
     * Takes out nodes that another one no longer sees. They need not take part.
     *
     * @return false when that other one has been taken out itself: then nothing changes
     */
    boolean takeOut(Set<String> gone, String node);

    /** The node takes no part any more, of its own will. */
    void leave(String node);
}
