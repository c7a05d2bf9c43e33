package dev.weir.log;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Variants;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The durable end of the log: one row for each message of a conversation, an answer's row being written from the start
 * of its turn on. A message's place in the conversation is the cursor of its own event, for an answer that of its
 * {@code turn-started}. Every method blocks until the database has it; saving the same thing twice is harmless.
 * Thread-safe.
 */
public interface ColdLog {

    /** Makes and keeps the room's next epoch, from 1. */
    long nextEpoch(String room);

    /**
     * Keeps a person's message, and marks the room as used at that moment. Where it replaces another, that one and all that followed it are superseded (siblings,
     * answers of the same turn as the replaced one, stay).
     */
    void saveMessage(String room, Cursor place, Instant at, Event.Message message);

    /**
     * Begins the answers of a turn, one row for each branch, live and empty. What a branch replaces is superseded by the
     * same rule as for messages.
     *
     * @param node the node that runs the turn
     */
    void beginAnswers(String room, Cursor place, Instant at, Event.TurnStarted turn, String node);

    /**
     * Keeps the text so far of live answers, in one transaction. Answers that have finished, or that another node writes now,
     * are left alone.
     *
     * @param node the node that writes them
     */
    void saveTexts(List<LiveText> texts, String node);

    /**
     * Ends an answer's row: full text, outcome, usage. The first to finish wins. Does nothing when another node writes the
     * answer now.
     *
     * @param node the node that writes it
     * @return true when this has ended it
     */
    boolean finishAnswer(String room, Event.Message message, String node);

    /**
     * Makes another node the one that writes a live answer.
     *
     * @param alive the nodes from which it can't be taken
     * @return false when it has finished, or one of those writes it
     */
    boolean takeOver(String branch, List<String> alive, String to);

    /** Keeps the translations of a person's message, in the place of those it has; does nothing when it is not there. */
    void saveVariants(String room, String message, Variants variants);

    /** The newest messages of the conversation that are not superseded, oldest first. */
    List<Stored> messages(String room, int limit);

    /** A message, superseded or not. */
    Optional<Stored> message(String room, String id);

    /** The answers that are still live in the database but whose node is none of these. */
    List<Orphan> orphans(List<String> aliveNodes);

    /**
     * Text so far.
     *
     * @param through the cursor after the last event that is in the text or the translations
     * @param variants its translations so far
     */
    record LiveText(String branch, Cursor through, String text, Variants variants) {

        /** A text without translations. */
        public LiveText(String branch, Cursor through, String text) {
            this(branch, through, text, Variants.NONE);
        }
    }

    /**
     * A message as it is kept.
     *
     * @param at when it was said; for a finished answer, when it was done
     * @param live an answer that is still being written; its outcome, usage and timing are preliminary
     * @param through for a live answer: the cursor after the last event that is in its text
     */
    record Stored(Cursor place, Instant at, Event.Message message, boolean live, Cursor through) {}

    /** A live answer that nobody writes any more. */
    record Orphan(String room, Stored answer, String node) {}
}
