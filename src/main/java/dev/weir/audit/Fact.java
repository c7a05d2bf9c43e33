package dev.weir.audit;

/**
 * Something that happened, before it has its place in a chain.
 *
 * @param atMillis milliseconds since 1970 in UTC
 * @param action a word that stays the same, such as {@code user.create}; empty where the kind says it all
 * @param subject the id of what it was done to; empty where the place says it
 * @param text what was said, or details in plain words, never a secret; can be erased later. Empty for none
 * @param amount how many of them this stands for: deltas of a text, lost records of a gap; else 1
 */
public record Fact(
        long atMillis, Kind kind, Who who, Where place, String action, String subject, String text, long amount) {

    /** Characters, and about as many as the rest of it takes in memory. */
    long weight() {
        return text.length() + 96L;
    }

    Fact with(String longer, long deltas) {
        return new Fact(atMillis, kind, who, place, action, subject, longer, deltas);
    }
}
