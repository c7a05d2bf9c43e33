package dev.weir.turn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The places for answers on this node, and the line before them: bounded, and one line for each organisation, from which
 * they come in turn. An organisation may have as many waiting as could wait besides: alone half of all, of two each a third,
 * so there is always room for another. Thread-safe; what is begun is begun outside the lock, on the thread of whoever made
 * room for it.
 */
final class Places {

    private final int places;
    private final int waitingPlaces;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<String> running = new HashSet<>();

    /** One line for each organisation that has somebody in it; the first is the next to be served. */
    private final Map<String, Deque<Waiting>> lines = new LinkedHashMap<>();

    private int waiting;

    private record Waiting(String branch, Runnable begin) {}

    /**
     * Empty places.
     *
     * @param places how many answers are written at a time; at least 1
     * @param waitingPlaces how many can wait beside them; 0: nobody waits
     */
    Places(int places, int waitingPlaces) {
        this.places = places;
        this.waitingPlaces = waitingPlaces;
    }

    /** Whether so many answers more of an organisation could begin, or wait, now. */
    boolean hasRoom(String organisation, int more) {
        lock.lock();
        try {
            if (waiting == 0 && running.size() + more <= places) {
                return true;
            }
            Deque<Waiting> line = lines.get(organisation);
            return (line == null ? 0 : line.size()) + more <= waitingPlaces - waiting;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Begins an answer now, or when a place is free. Never refuses: whoever calls this has asked for room before.
     *
     * @return false when it has to wait
     */
    boolean enter(String organisation, String branch, Runnable begin) {
        lock.lock();
        try {
            if (waiting > 0 || running.size() >= places) {
                lines.computeIfAbsent(organisation, it -> new ArrayDeque<>()).add(new Waiting(branch, begin));
                waiting++;
                return false;
            }
            running.add(branch);
        } finally {
            lock.unlock();
        }
        begin.run();
        return true;
    }

    /** Counts an answer that can't wait, because others have begun it. */
    void force(String branch) {
        lock.lock();
        try {
            running.add(branch);
        } finally {
            lock.unlock();
        }
    }

    /** An answer that waits begins at once, without a place, so that it can end. Does nothing with others. */
    void release(String branch) {
        take(branch).ifPresent(it -> it.begin().run());
    }

    private Optional<Waiting> take(String branch) {
        lock.lock();
        try {
            for (Map.Entry<String, Deque<Waiting>> line : List.copyOf(lines.entrySet())) {
                Optional<Waiting> found = line.getValue().stream()
                        .filter(it -> it.branch().equals(branch))
                        .findFirst();
                if (found.isPresent()) {
                    line.getValue().remove(found.get());
                    waiting--;
                    lines.values().removeIf(Deque::isEmpty);
                    return found;
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** An answer has ended: its place is for the next. A second call does nothing. */
    void leave(String branch) {
        List<Waiting> next = new ArrayList<>();
        lock.lock();
        try {
            running.remove(branch);
            while (waiting > 0 && running.size() < places) {
                Waiting one = next();
                running.add(one.branch());
                next.add(one);
            }
        } finally {
            lock.unlock();
        }
        next.forEach(it -> it.begin().run());
    }

    /** The first of the first line, which goes behind the others. */
    private Waiting next() {
        Map.Entry<String, Deque<Waiting>> first = lines.entrySet().iterator().next();
        lines.remove(first.getKey());
        Waiting one = first.getValue().remove();
        waiting--;
        if (!first.getValue().isEmpty()) {
            lines.put(first.getKey(), first.getValue());
        }
        return one;
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    boolean isWaiting(String branch) {
        lock.lock();
        try {
            return lines.values().stream()
                    .anyMatch(line -> line.stream().anyMatch(it -> it.branch().equals(branch)));
        } finally {
            lock.unlock();
        }
    }
}
