package dev.weir.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The latest events of a room as they travel: bounded by number and by characters; the oldest go first. Not thread-safe.
 */
public final class Window {

    /** The most characters that a room's latest events have together, unless one alone has more. */
    public static final int MOST_CHARS = 4 * 1024 * 1024;

    /** Room for so many events at first. */
    private static final int SMALL = 64;

    private final int capacity;
    private final int maxChars;
    private String[] events;
    private long first;
    private long next;
    private long chars;

    /**
     * A window without events.
     *
     * @param first the number that its first event will have
     */
    public Window(int capacity, int maxChars, long first) {
        this.capacity = capacity;
        this.events = new String[Math.min(capacity, SMALL)];
        this.maxChars = maxChars;
        this.first = first;
        this.next = first;
    }

    /** The number of the oldest event that is here. */
    public long first() {
        return first;
    }

    /** The number that the next event will have. */
    public long next() {
        return next;
    }

    /** How many characters all of them have together. */
    long characters() {
        return chars;
    }

    /** True for every event that is here, and for the next one to come. */
    boolean holds(long seq) {
        return seq >= first && seq <= next;
    }

    public void add(String event) {
        if (next - first == capacity) {
            dropFirst();
        } else if (next - first == events.length) {
            grow();
        }
        events[slot(next++)] = event;
        chars += event.length();
        while (chars > maxChars && next - first > 1) {
            dropFirst();
        }
    }

    /** Events from one on, at least one, until they have this many characters. */
    List<String> from(long seq, int enough) {
        List<String> result = new ArrayList<>();
        long sum = 0;
        for (long at = seq; at < next && (result.isEmpty() || sum < enough); at++) {
            String event = events[slot(at)];
            result.add(event);
            sum += event.length();
        }
        return result;
    }

    /** At most so many events, from {@code seq} on, which must be here. */
    public List<String> some(long seq, int max) {
        int count = (int) Math.min(max, next - seq);
        List<String> result = new ArrayList<>(count);
        for (long at = seq; at < seq + count; at++) {
            result.add(events[slot(at)]);
        }
        return result;
    }

    /** Drops all events; the next has the number that it would have had. */
    void clear() {
        while (next > first) {
            dropFirst();
        }
    }

    private void grow() {
        List<String> all = some(first, events.length);
        events = new String[(int) Math.min(capacity, 2L * events.length)];
        for (int i = 0; i < all.size(); i++) {
            events[slot(first + i)] = all.get(i);
        }
    }

    private void dropFirst() {
        int slot = slot(first++);
        chars -= events[slot].length();
        events[slot] = "";
    }

    private int slot(long seq) {
        return (int) (seq % events.length);
    }
}
