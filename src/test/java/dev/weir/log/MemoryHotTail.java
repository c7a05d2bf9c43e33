package dev.weir.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Hot tails in memory, bounded, with appends that can be held up or made to fail. {@link #otherNode()} gives another
 * node's view of the same tails.
 */
public final class MemoryHotTail implements HotTail {

    private static final class Ring {
        final long epoch;
        final Set<MemoryHotTail> users = new HashSet<>();
        final List<String> events = new ArrayList<>();
        final List<Waiting> waiting = new ArrayList<>();
        long first;

        Ring(long epoch) {
            this.epoch = epoch;
        }

        long next() {
            return first + events.size();
        }
    }

    private record Waiting(long from, int max, CompletableFuture<Slice> slice) {}

    private record Held(String room, long epoch, List<String> events, CompletableFuture<Long> done) {}

    private static final class Shared {
        final int capacity;
        final ColdLog cold;
        final Map<String, Ring> rings = new HashMap<>();
        final List<Held> held = new ArrayList<>();
        boolean holding;
        int failures;
        int appends;

        Shared(int capacity, ColdLog cold) {
            this.capacity = capacity;
            this.cold = cold;
        }
    }

    private final Shared shared;

    public MemoryHotTail(int capacity, ColdLog cold) {
        this(new Shared(capacity, cold));
    }

    private MemoryHotTail(Shared shared) {
        this.shared = shared;
    }

    public MemoryHotTail otherNode() {
        return new MemoryHotTail(shared);
    }

    /** Appends are taken from now on but not carried out. */
    public void hold() {
        synchronized (shared) {
            shared.holding = true;
        }
    }

    /** Carries out what was held up, and holds up nothing more. */
    public void letGo() {
        letGo(Integer.MAX_VALUE);
        synchronized (shared) {
            shared.holding = false;
        }
        letGo(Integer.MAX_VALUE);
    }

    /** Carries out the oldest of the appends that are held up. */
    public void letGo(int most) {
        for (int i = 0; i < most; i++) {
            Held oldest;
            synchronized (shared) {
                if (shared.held.isEmpty()) {
                    return;
                }
                oldest = shared.held.remove(0);
            }
            perform(oldest);
        }
    }

    public int held() {
        synchronized (shared) {
            return shared.held.size();
        }
    }

    /** The next so many appends fail. */
    public void failAppends(int next) {
        synchronized (shared) {
            shared.failures = next;
        }
    }

    /** How many appends were asked for. */
    public int appends() {
        synchronized (shared) {
            return shared.appends;
        }
    }

    /** All nodes have gone: what was hot is lost. */
    public void lose(String room) {
        Ring lost;
        synchronized (shared) {
            lost = shared.rings.remove(room);
        }
        if (lost != null) {
            lost.waiting.forEach(
                    it -> it.slice().completeExceptionally(new IllegalStateException("The ring is gone.")));
        }
    }

    @Override
    public Opened open(String room) {
        synchronized (shared) {
            Ring ring = shared.rings.computeIfAbsent(room, it -> new Ring(shared.cold.nextEpoch(it)));
            ring.users.add(this);
            return new Opened(ring.epoch, ring.first, ring.next());
        }
    }

    @Override
    public void release(String room, long epoch) {
        boolean last;
        synchronized (shared) {
            Ring ring = shared.rings.get(room);
            if (ring == null || ring.epoch != epoch) {
                return;
            }
            ring.users.remove(this);
            last = ring.users.isEmpty();
        }
        if (last) {
            lose(room);
        }
    }

    @Override
    public void renew(String room) {
        lose(room);
    }

    @Override
    public CompletionStage<Long> append(String room, long epoch, List<String> events) {
        Held append = new Held(room, epoch, List.copyOf(events), new CompletableFuture<>());
        synchronized (shared) {
            shared.appends++;
            if (shared.failures > 0) {
                shared.failures--;
                append.done().completeExceptionally(new IllegalStateException("The hot tail does not answer."));
                return append.done();
            }
            if (shared.holding || !shared.held.isEmpty()) {
                shared.held.add(append);
                return append.done();
            }
        }
        perform(append);
        return append.done();
    }

    private void perform(Held append) {
        List<Runnable> then = new ArrayList<>();
        synchronized (shared) {
            Ring ring = shared.rings.get(append.room());
            if (ring == null || ring.epoch != append.epoch()) {
                then.add(() -> append.done().completeExceptionally(new IllegalStateException("The ring is gone.")));
            } else {
                long seq = ring.next();
                ring.events.addAll(append.events());
                while (ring.events.size() > shared.capacity) {
                    ring.events.remove(0);
                    ring.first++;
                }
                List<Waiting> woken = List.copyOf(ring.waiting);
                ring.waiting.clear();
                woken.forEach(it -> then.add(() -> it.slice().complete(slice(ring, it.from(), it.max()))));
                then.add(() -> append.done().complete(seq));
            }
        }
        then.forEach(Runnable::run);
    }

    @Override
    public CompletionStage<Slice> read(String room, long epoch, long from, int max) {
        synchronized (shared) {
            Ring ring = shared.rings.get(room);
            if (ring == null || ring.epoch != epoch) {
                return CompletableFuture.failedFuture(new IllegalStateException("The ring is gone."));
            }
            if (from < ring.next()) {
                return CompletableFuture.completedFuture(slice(ring, from, max));
            }
            CompletableFuture<Slice> later = new CompletableFuture<>();
            ring.waiting.add(new Waiting(from, max, later));
            return later;
        }
    }

    private Slice slice(Ring ring, long from, int max) {
        synchronized (shared) {
            long first = Math.max(from, ring.first);
            long end = Math.min(ring.next(), first + max);
            return new Slice(
                    first, List.copyOf(ring.events.subList((int) (first - ring.first), (int) (end - ring.first))));
        }
    }

    @Override
    public int capacity() {
        return shared.capacity;
    }

    /** What a room's tail has now, oldest first; empty when it isn't open. */
    public List<String> events(String room) {
        synchronized (shared) {
            Ring ring = shared.rings.get(room);
            return ring == null ? List.of() : List.copyOf(ring.events);
        }
    }
}
