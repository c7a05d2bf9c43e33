package dev.weir.cluster;

import dev.weir.log.HotTail.Opened;
import dev.weir.log.HotTail.Slice;
import dev.weir.log.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A room's hot tail in the memory of a node that is alone: this node numbers the events, and hands each to its readers in
 * the call that appends it. When another node comes, everything moves to where both can reach it. Thread-safe; the lock is
 * not held while readers are told.
 */
final class LoneTail {

    /** A reader that waits for this event, and takes so many at most. */
    record Waiting(long from, int max, CompletableFuture<Slice> future) {}

    /** What has to move. */
    record Moving(long first, List<String> events, List<Waiting> waiting) {}

    private record Told(CompletableFuture<Slice> future, Slice slice) {}

    private final long epoch;
    private final Window window;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Waiting> waiting = new ArrayList<>(1);
    private @Nullable CompletableFuture<@Nullable Void> moved;

    LoneTail(long epoch, int capacity) {
        this.epoch = epoch;
        this.window = new Window(capacity, Window.MOST_CHARS, 0);
    }

    long epoch() {
        return epoch;
    }

    Opened opened() {
        lock.lock();
        try {
            return new Opened(epoch, window.first(), window.next());
        } finally {
            lock.unlock();
        }
    }

    /** The number of the first; empty when the tail has moved, or is about to, and the events were not taken. */
    OptionalLong append(List<String> events) {
        long first;
        List<Told> told = new ArrayList<>(1);
        lock.lock();
        try {
            if (moved != null) {
                return OptionalLong.empty();
            }
            first = window.next();
            events.forEach(window::add);
            for (Waiting reader : waiting) {
                told.add(new Told(reader.future(), slice(reader.from(), reader.max())));
            }
            waiting.clear();
        } finally {
            lock.unlock();
        }
        told.forEach(it -> it.future().complete(it.slice()));
        return OptionalLong.of(first);
    }

    /** Empty when the tail has moved, or is about to. */
    Optional<CompletableFuture<Slice>> read(long from, int max) {
        lock.lock();
        try {
            if (moved != null) {
                return Optional.empty();
            }
            if (from < window.next()) {
                return Optional.of(CompletableFuture.completedFuture(slice(from, max)));
            }
            CompletableFuture<Slice> future = new CompletableFuture<>();
            waiting.add(new Waiting(from, max, future));
            return Optional.of(future);
        } finally {
            lock.unlock();
        }
    }

    private Slice slice(long from, int max) {
        long first = Math.max(from, window.first());
        return new Slice(first, window.some(first, max));
    }

    /** Takes nothing more; what came until then is for the one who moves it, who must complete {@link #moved()}. */
    Moving move() {
        lock.lock();
        try {
            moved = new CompletableFuture<>();
            Moving moving = new Moving(window.first(), window.some(window.first(), Integer.MAX_VALUE), waiting);
            waiting = List.of();
            return moving;
        } finally {
            lock.unlock();
        }
    }

    /** Done when everything has moved; only after {@link #move()} was called, or {@link #append} had no number to give. */
    CompletableFuture<@Nullable Void> moved() {
        lock.lock();
        try {
            CompletableFuture<@Nullable Void> begun = moved;
            return begun == null ? CompletableFuture.completedFuture(null) : begun;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody uses the room any more. */
    void free() {
        List<Waiting> left;
        lock.lock();
        try {
            left = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(it -> it.future().completeExceptionally(new CancellationException("The hot tail was freed.")));
    }
}
