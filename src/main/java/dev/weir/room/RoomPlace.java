package dev.weir.room;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a room stands in the list of a member's rooms, which has the one with the latest news first. Opaque to clients;
 * {@link #toString} and {@link #parse} are its form on the wire.
 *
 * @param updatedAt to the millisecond
 */
public record RoomPlace(Instant updatedAt, String id) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-([0-9a-z]{1,64})");

    static RoomPlace of(Room room) {
        return new RoomPlace(room.updatedAt(), room.id());
    }

    /**
     * Reads a place.
     *
     * @throws Refusal when the text is not one
     */
    public static RoomPlace parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new Refusal(Refusal.Code.INVALID, "\"after\" is the \"next\" of the page before.");
        }
        return new RoomPlace(Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), matcher.group(2));
    }

    @Override
    public String toString() {
        return updatedAt.toEpochMilli() + "-" + id;
    }
}
