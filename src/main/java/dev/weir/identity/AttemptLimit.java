package dev.weir.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Allows so many failures for each key in any stretch of time of a given length. An attempt counts as a failure from its
 * start on, so that attempts made at once don't slip through, and is {@linkplain #forgive forgiven} when it succeeds.
 * Bounded: the keys that were not seen for longest are forgotten first. Thread-safe.
 */
final class AttemptLimit {

    private static final int MOST_KEYS = 10_000;

    private final int most;
    private final Duration window;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> failures = new LinkedHashMap<>(16, 0.75f, true);

    AttemptLimit(int most, Duration window, InstantSource clock) {
        this.most = most;
        this.window = window;
        this.clock = clock;
    }

    /** Begins an attempt, or, when there were too many failures, says how long to wait and counts nothing. */
    synchronized Optional<Duration> begin(String key) {
        Instant now = clock.instant();
        Deque<Instant> recent = failures.computeIfAbsent(key, k -> new ArrayDeque<>());
        while (!recent.isEmpty() && !recent.getFirst().plus(window).isAfter(now)) {
            recent.removeFirst();
        }
        if (recent.size() >= most) {
            return Optional.of(Duration.between(now, recent.getFirst().plus(window)));
        }
        recent.addLast(now);
        if (failures.size() > MOST_KEYS) {
            failures.remove(failures.keySet().iterator().next());
        }
        return Optional.empty();
    }

    /** Takes back the latest attempt of a key. */
    synchronized void forgive(String key) {
        Deque<Instant> recent = failures.get(key);
        if (recent == null) {
            return;
        }
        recent.pollLast();
        if (recent.isEmpty()) {
            failures.remove(key);
        }
    }

    /** Forgets all failures of a key. */
    synchronized void clear(String key) {
        failures.remove(key);
    }

    synchronized int size() {
        return failures.size();
    }
}
