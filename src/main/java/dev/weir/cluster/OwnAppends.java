package dev.weir.cluster;

import dev.weir.log.HotTail.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this node has appended, given to its own readers as it is: while no other node can append anything, a reader need
 * not ask the ring buffer, which would have to wake it, send it a copy, and search through everybody who waits whenever a
 * ring is freed. Thread-safe.
 */
final class OwnAppends {

    /** A reader that waits for this event, and takes so many at most. */
    record Waiting(String ring, long from, int max, CompletableFuture<Slice> future) {}

    private static final class Ring {
        /** What the next append will get, if that is known. */
        long next = UNKNOWN;

        final List<Waiting> waiting = new ArrayList<>(1);
    }

    private static final long UNKNOWN = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Ring> rings = new HashMap<>();

    /** The ring has all events before this one. */
    void opened(String ring, long next) {
        lock.lock();
        try {
            Ring opened = rings.computeIfAbsent(ring, it -> new Ring());
            opened.next = Math.max(opened.next, next);
        } finally {
            lock.unlock();
        }
    }

    /** The ring is gone, and with it what its readers waited for. */
    void closed(String ring) {
        List<Waiting> left;
        lock.lock();
        try {
            Ring closed = rings.remove(ring);
            left = closed == null ? List.of() : closed.waiting;
        } finally {
            lock.unlock();
        }
        left.forEach(it -> it.future().completeExceptionally(new CancellationException("The hot tail was freed.")));
    }

    /** What a reader will get that waits for the next event; empty when the ring may have this event already. */
    Optional<CompletableFuture<Slice>> await(String ring, long from, int max) {
        lock.lock();
        try {
            Ring open = rings.get(ring);
            if (open == null || from != open.next) {
                return Optional.empty();
            }
            CompletableFuture<Slice> future = new CompletableFuture<>();
            open.waiting.add(new Waiting(ring, from, max, future));
            return Optional.of(future);
        } finally {
            lock.unlock();
        }
    }

    /**
     * These events have been appended; readers that wait for them get them.
     *
     * @return readers that wait for an event before them, which another append brought that has not been told of yet
     */
    List<Waiting> appended(String ring, long first, List<String> events) {
        List<Waiting> reached;
        lock.lock();
        try {
            Ring open = rings.get(ring);
            if (open == null) {
                return List.of();
            }
            long next = first + events.size();
            open.next = Math.max(open.next, next);
            reached = open.waiting.stream().filter(it -> it.from() < next).toList();
            open.waiting.removeAll(reached);
        } finally {
            lock.unlock();
        }
        List<Waiting> behind = new ArrayList<>(0);
        for (Waiting reader : reached) {
            if (reader.from() < first) {
                behind.add(reader);
            } else {
                reader.future().complete(slice(first, events, reader));
            }
        }
        return behind;
    }

    private static Slice slice(long first, List<String> events, Waiting reader) {
        int from = (int) (reader.from() - first);
        int to = (int) Math.min(events.size(), (long) from + reader.max());
        return new Slice(reader.from(), List.copyOf(events.subList(from, to)));
    }

    /** Others have appended, or may: nothing is known any more, and those who wait must ask the ring. */
    List<Waiting> forget() {
        lock.lock();
        try {
            List<Waiting> all = new ArrayList<>();
            rings.values().forEach(ring -> {
                all.addAll(ring.waiting);
                ring.waiting.clear();
                ring.next = UNKNOWN;
            });
            return all;
        } finally {
            lock.unlock();
        }
    }
}
