package dev.weir.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the events of a ring that the data grid has added twice: it does an append again when the node that had the ring
 * dies before it could say that it was done. Each event therefore carries who appended it and a number of theirs. In the
 * place of a repeat is an event that says nothing, so that all places stay, on every node the same. Thread-safe.
 */
final class Repeats {

    /** So many events of others may come between an event and its repeat. */
    static final int REMEMBERED = 512;

    private static final int NUMBER_BITS = 44;
    private static final String NOTHING = "{\"at\":\"1970-01-01T00:00:00.000Z\",\"type\":\"void\"}";

    /** Who appends here, by their ids, and their greatest numbers. */
    private final Map<String, Integer> writers = new HashMap<>();

    private final List<Long> greatest = new ArrayList<>();

    /** The latest numbers with their writers. */
    private final long[] recent = new long[REMEMBERED];

    private final Set<Long> places = new HashSet<>();
    private long looked;
    private int at;

    Repeats() {
        Arrays.fill(recent, -1);
    }

    /**
     * An event as it is kept in the ring.
     *
     * @param writer without a colon
     * @param number grows with each event of this writer
     */
    static String tagged(String writer, long number, String event) {
        return writer + ':' + number + ' ' + event;
    }

    /**
     * The events as they were appended, and nothing in the place of repeats.
     *
     * @param first the place of the first
     */
    synchronized List<String> untagged(long first, Iterable<String> kept) {
        List<String> events = new ArrayList<>();
        long place = first;
        for (String item : kept) {
            events.add(untagged(place++, item));
        }
        looked = Math.max(looked, place);
        return events;
    }

    private String untagged(long place, String item) {
        int colon = item.indexOf(':');
        int space = item.indexOf(' ', colon);
        if (place >= looked && isRepeat(item.substring(0, colon), Long.parseLong(item, colon + 1, space, 10))) {
            places.add(place);
        }
        return places.contains(place) ? NOTHING : item.substring(space + 1);
    }

    private boolean isRepeat(String writer, long number) {
        int index = writers.computeIfAbsent(writer, it -> {
            greatest.add(-1L);
            return greatest.size() - 1;
        });
        long mark = ((long) index << NUMBER_BITS) | number;
        if (number <= greatest.get(index)) {
            for (long known : recent) {
                if (known == mark) {
                    return true;
                }
            }
        } else {
            greatest.set(index, number);
        }
        recent[at] = mark;
        at = (at + 1) % REMEMBERED;
        return false;
    }
}
