package dev.weir.log;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The rooms that are open on a node, held against the bounds. Thread-safe; many that come at once may go over them a little. */
final class OpenRooms {

    private final ConcurrentMap<String, OpenRoom> rooms;
    private final LogBounds bounds;
    private final Consumer<OpenRoom> close;
    private final LongAdder characters;

    /** @param characters what the latest events of all open rooms have together, kept by their tails */
    OpenRooms(ConcurrentMap<String, OpenRoom> rooms, LogBounds bounds, Consumer<OpenRoom> close, LongAdder characters) {
        this.characters = characters;
        this.rooms = rooms;
        this.bounds = bounds;
        this.close = close;
    }

    /** Whether a room is open or may be opened; rooms that nobody uses have to go first, the longest unused before others. */
    boolean hasPlace(String room) {
        if (rooms.containsKey(room) || !full()) {
            return true;
        }
        List<OpenRoom> unused = rooms.values().stream()
                .filter(OpenRoom::unused)
                .sorted(Comparator.comparingLong(OpenRoom::usedLast))
                .toList();
        for (OpenRoom idle : unused) {
            close.accept(idle);
            if (!full()) {
                return true;
            }
        }
        return false;
    }

    boolean full() {
        return rooms.size() >= bounds.rooms() || characters.sum() >= bounds.characters();
    }
}
