package dev.weir.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a reader of a room's log stands: the next event it has not seen.
 *
 * <p>Opaque to clients. {@link #toString()} pads both numbers, so that cursors of one room sort as text in the order of
 * the log; {@link #parse(String)} takes them padded or not.
 *
 * @param epoch which life of the room's hot tail this cursor belongs to, from 0; it grows when the hot tail was lost and
 *     rebuilt, so that an old {@code seq} is never taken for a new one
 * @param seq the number of the next event to read within the epoch, from 0
 */
public record Cursor(long epoch, long seq) implements Comparable<Cursor> {

    /** Before everything: reading from here gives a snapshot. */
    public static final Cursor START = new Cursor(0, 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,15})");

    public Cursor {
        if (epoch < 0 || seq < 0) {
            throw new IllegalArgumentException("A cursor's numbers are not negative: " + epoch + ", " + seq);
        }
    }

    /**
     * Reads a cursor as a client sent it.
     *
     * @throws IllegalArgumentException when the text is not a cursor
     */
    public static Cursor parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a cursor. Send back the cursor of the last frame you received.");
        }
        return new Cursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    public Cursor plus(long events) {
        return new Cursor(epoch, seq + events);
    }

    @Override
    public int compareTo(Cursor other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(seq, other.seq);
    }

    @Override
    public String toString() {
        return pad(epoch, 6) + "-" + pad(seq, 12);
    }

    private static String pad(long number, int width) {
        String digits = Long.toString(number);
        return digits.length() >= width ? digits : "0".repeat(width - digits.length()) + digits;
    }
}
