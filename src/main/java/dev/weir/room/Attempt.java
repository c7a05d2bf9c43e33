package dev.weir.room;

import dev.weir.event.Ids;
import dev.weir.identity.User;

/**
 * A command that is about to be carried out, perhaps not for the first time.
 *
 * @param message the id of the message that it says
 * @param turn the id of the turn that it starts
 * @param seek where an earlier attempt may have left a message or a turn
 */
public record Attempt(String message, String turn, Seek seek) {

    /** Where to look. */
    public enum Seek {
        /** There was no earlier attempt. */
        NOWHERE,

        /** All nodes may have gone since. */
        DATABASE,

        /** Somebody has begun, and has failed or gone. */
        EVERYWHERE
    }

    /** The only attempt at something that has no id. */
    static Attempt only() {
        return new Attempt(Ids.next(), Ids.next(), Seek.NOWHERE);
    }

    /**
     * An attempt at a command: all attempts at the same have the same ids. One that says something else is another, whatever
     * its id.
     */
    static Attempt at(User caller, String room, String id, Command command, Seek seek) {
        String said = command.toString();
        return new Attempt(
                Ids.of("message", caller.id(), room, id, said), Ids.of("turn", caller.id(), room, id, said), seek);
    }
}
