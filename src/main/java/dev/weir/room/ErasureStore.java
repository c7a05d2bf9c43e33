package dev.weir.room;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whom to forget, and what the database has of them. What is erased stays so: a message of theirs that is kept later, an
 * answer to it that ends later, gets no text. Every method may be repeated. Methods block on the database. Thread-safe.
 */
public interface ErasureStore {

    /** Empty when nobody wanted this user forgotten. */
    Optional<Erasure> find(String user);

    /** Those who were to be forgotten before this moment and are not yet, the oldest first. */
    List<String> unfinished(Instant begunBefore);

    /** The rooms in which they are members, said something or asked something. */
    List<String> rooms(String user);

    /** Whether one of their messages in this room, which is not erased yet, has this in it. */
    boolean hasSaid(String user, String room, String part);

    /**
     * Erases messages of theirs in a room, and the answers to them: texts, translations, names. They leave the conversation.
     *
     * @param limit the most of one call
     * @return how many; fewer than the limit when there are no more
     */
    int eraseMessages(String user, String room, int limit);

    /** Erases their name beside what they asked in a room, and the texts that the audit has of answers that are erased. */
    void eraseTraces(String user, String room);

    /** Erases the texts of the audit's records about them. What they did as administrators with others stays. */
    void eraseRecords(String user);

    /** Nothing of them is left. */
    void finish(String user, Instant at);

    /** What forgetting an account that is still there would concern. */
    Extent extent(String user);

    /**
     * What there is of a user.
     *
     * @param rooms they are a member of
     * @param alone those of them that nobody else is a member of
     * @param said messages of theirs in these rooms
     */
    record Extent(int rooms, int alone, long said) {}
}
