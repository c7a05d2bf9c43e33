package dev.weir.pipeline;

import java.util.Locale;

/**
 * What a policy is for.
 *
 * @param id of the organisation or the room; empty for the installation
 */
public record Scope(Kind kind, String id) {

    public static final Scope INSTALLATION = new Scope(Kind.INSTALLATION, "");

    /** From the widest to the narrowest; a narrower one goes before a wider one. */
    public enum Kind {
        INSTALLATION,
        ORGANISATION,
        ROOM;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Scope organisation(String id) {
        return new Scope(Kind.ORGANISATION, id);
    }

    public static Scope room(String id) {
        return new Scope(Kind.ROOM, id);
    }

    /** {@code installation}, {@code organisation:ID} or {@code room:ID}. */
    public String word() {
        return id.isEmpty() ? kind.word() : kind.word() + ":" + id;
    }

    /**
     * The scope of a word.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Scope of(String word) {
        int colon = word.indexOf(':');
        String kind = colon < 0 ? word : word.substring(0, colon);
        return new Scope(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), colon < 0 ? "" : word.substring(colon + 1));
    }
}
