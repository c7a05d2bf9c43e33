package dev.weir.room;

import java.time.Instant;
import java.util.Locale;

/**
 * A conversation.
 *
 * @param name what its members call it; empty until it is named
 * @param model the catalogue's name of the model that answers when none is asked for; empty for the default
 * @param origin what it was made for
 * @param updatedAt when something was last said in it
 */
public record Room(String id, String name, String model, Origin origin, Instant createdAt, Instant updatedAt) {

    /** What a room was made for. */
    public enum Origin {
        CONVERSATION,

        /**
         * One completion of {@code /v1} that named no room. It becomes a conversation when it is given a name or another
         * member, or when something is said in it by another door.
         */
        COMPLETION;

        /** The word on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The origin of that word. */
        public static Origin of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** A conversation that is new. */
    public static Room conversation(String id, String name, String model, Instant createdAt, Instant updatedAt) {
        return new Room(id, name, model, Origin.CONVERSATION, createdAt, updatedAt);
    }
}
