package dev.weir.room;

import dev.weir.room.Command.Ack;

/**
 * Which commands are being carried out or have been, known to all nodes. The latest are remembered, for an hour at most.
 * Methods may block. Thread-safe.
 */
public interface CommandMemory {

    /** Remembers nothing. */
    CommandMemory NONE = new CommandMemory() {
        @Override
        public Claim claim(String key) {
            return new Claim.Mine(false);
        }

        @Override
        public void keep(String key, Ack ack) {
            // forgotten
        }

        @Override
        public void release(String key) {
            // nothing is claimed
        }
    };

    /** Whose a command is. */
    sealed interface Claim {

        /**
         * It is to be carried out now, by the caller; then {@link #keep} or {@link #release} follows.
         *
         * @param again whether somebody had begun with it, and has failed or died
         */
        record Mine(boolean again) implements Claim {}

        /** It was carried out. */
        record Done(Ack ack) implements Claim {}

        /** It is being carried out by a node that is alive. */
        record UnderWay() implements Claim {}
    }

    /** Claims a command for this node; a claim whose node has died without an answer counts no more. */
    Claim claim(String key);

    /** It has been carried out. */
    void keep(String key, Ack ack);

    /** It was refused or has failed, and may be sent again. */
    void release(String key);
}
