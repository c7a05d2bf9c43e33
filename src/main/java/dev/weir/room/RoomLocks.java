package dev.weir.room;

import java.util.function.Supplier;

/** Lets one thread of the whole cluster at a time change what has been said in a room. Thread-safe. */
public interface RoomLocks {

    /** Waits for its turn and does the work. What a node that dies holds is free when the others have noticed. */
    <T> T alone(String room, Supplier<T> work);
}
