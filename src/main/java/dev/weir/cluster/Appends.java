package dev.weir.cluster;

import dev.weir.event.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers what this node appends to rings, so that {@link Repeats} are found. Thread-safe. */
final class Appends {

    private final String writer = Ids.next();
    private final AtomicLong number = new AtomicLong();

    /** The events as they are kept in a ring. */
    List<String> numbered(List<String> events) {
        long next = number.getAndAdd(events.size());
        List<String> numbered = new ArrayList<>(events.size());
        for (String event : events) {
            numbered.add(Repeats.tagged(writer, next++, event));
        }
        return numbered;
    }
}
