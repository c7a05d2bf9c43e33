package dev.weir.event;

import java.util.Locale;

/**
 * Somebody who takes part in a room: a person or a model.
 *
 * @param id the user's id, or the model's name in the catalogue
 * @param name what others see
 */
public record Member(Kind kind, String id, String name) {

    /** What kind of member it is. */
    public enum Kind {
        PERSON,
        MODEL;

        /** The word on the wire and in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public static Member person(String id, String name) {
        return new Member(Kind.PERSON, id, name);
    }

    public static Member model(String id, String name) {
        return new Member(Kind.MODEL, id, name);
    }
}
