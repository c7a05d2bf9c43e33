package dev.weir.log;

import java.util.ArrayList;
import java.util.List;

/** The latest events of a room as they travel: bounded by number and by characters; the oldest go first. */
final class Window {

    private final String[] events;
    private final int maxChars;
    private long first;
    private long next;
    private long chars;

    Window(int capacity, int maxChars, long first) {
        this.events = new String[capacity];
        this.maxChars = maxChars;
        this.first = first;
        this.next = first;
    }

    long next() {
        return next;
    }

    /** True for every event that is here, and for the next one to come. */
    boolean holds(long seq) {
        return seq >= first && seq <= next;
    }

    void add(String event) {
        if (next - first == events.length) {
            dropFirst();
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

    private void dropFirst() {
        int slot = slot(first++);
        chars -= events[slot].length();
        events[slot] = "";
    }

    private int slot(long seq) {
        return (int) (seq % events.length);
    }
}
