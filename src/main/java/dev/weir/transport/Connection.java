package dev.weir.transport;

import dev.weir.room.Follower;

/** A WebSocket that follows a room and speaks in it. */
record Connection(Follower follower, CommandReader.Session commands) {

    /** A command that came up; the answer goes down, not before the follower's start. */
    void command(String text) {
        follower.whenStarted(on -> commands.submit(text, on, follower::say));
    }
}
