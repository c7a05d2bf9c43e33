package dev.weir.room;

import java.util.Optional;

/** What a member can ask for in a room. */
public sealed interface Command {

    /** A question, to this model or to the room's own. */
    record Prompt(String text, Optional<String> model) implements Command {}

    /** The member's own earlier message, said anew: it and all that followed it leave the conversation. */
    record Edit(String message, String text, Optional<String> model) implements Command {}

    /** Another answer in the place of this one. */
    record Regenerate(String message, Optional<String> model) implements Command {}

    /** The rest of an answer that ended early. */
    record Continue(String message) implements Command {}

    /** The end of a turn; harmless when it has ended. */
    record Stop(String turn) implements Command {}

    /** The member is writing. */
    record Typing() implements Command {}

    /**
     * What became of a command.
     *
     * @param turn the turn it started or stopped; empty where there is none
     * @param message the message it said; empty where there is none
     */
    record Ack(String turn, String message) {}
}
