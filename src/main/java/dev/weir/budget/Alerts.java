package dev.weir.budget;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What budgets have done to answers of this node lately, and how often since it started. Thread-safe. */
@ApplicationScoped
public class Alerts {

    static final int KEPT = 100;

    /** What a budget did. */
    public enum Kind {
        /** A threshold was reached. */
        WARNED,
        /** An answer was not begun. */
        REFUSED,
        /** Another model answers. */
        DEGRADED,
        /** Another model went on. */
        SWITCHED,
        /** An answer was ended. */
        CUT
    }

    /** Something that a budget did. */
    public record Alert(Instant at, Kind kind, Standing standing, Payer payer) {}

    private final Deque<Alert> latest = new ArrayDeque<>();
    private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);
    private final List<Consumer<Alert>> listeners = new CopyOnWriteArrayList<>();

    public Alerts() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new LongAdder());
        }
    }

    public void tell(Alert alert) {
        count(alert.kind()).increment();
        synchronized (latest) {
            latest.addFirst(alert);
            if (latest.size() > KEPT) {
                latest.removeLast();
            }
        }
        listeners.forEach(it -> it.accept(alert));
    }

    private LongAdder count(Kind kind) {
        return counts.computeIfAbsent(kind, it -> new LongAdder());
    }

    /** The last hundred, the newest first. */
    public List<Alert> latest() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }

    /** How many there were since the node started. */
    public long total(Kind kind) {
        return count(kind).sum();
    }

    /** Calls this with each from now on, on a thread that must not wait. */
    public void listen(Consumer<Alert> listener) {
        listeners.add(listener);
    }
}
