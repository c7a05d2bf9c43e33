package dev.weir.transport;

import dev.weir.room.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The room in the address of a stream. */
final class RoomPath {

    private static final Pattern PATH = Pattern.compile(".*/stream/rooms/([0-9a-z]{1,64})/?");

    private RoomPath() {}

    /** The room's id; anything else than an address of a room is no room. */
    static String room(String uri) {
        Matcher matcher = PATH.matcher(uri);
        if (!matcher.matches()) {
            throw new Refusal(Refusal.Code.NO_SUCH_ROOM, "There is no such room. The address is /stream/rooms/{room}.");
        }
        return matcher.group(1);
    }
}
