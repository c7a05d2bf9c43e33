package dev.weir.cluster;

import dev.weir.turn.Membership;
import java.time.Duration;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node takes part, while nodes come and go: what it may show holds only while it does. When it no longer sees
 * another node, nothing holds until the {@link Membership} has settled which of the two goes on; neither does anything hold
 * after this node stood still, until it knows that the others have not gone on without it. Thread-safe.
 *
 * @param <M> a set of nodes as the data grid gives it, the same for as long as nobody comes or goes
 */
final class Agreement<M> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Agreement.class);

    private static final Duration BEAT = Duration.ofSeconds(2);
    private static final long TICK_MILLIS = 250;

    /** How long the smaller part waits, so that the larger one, which has more, goes on. */
    private static final Duration SMALLER_WAITS = Duration.ofSeconds(2);

    private static final Duration AGAIN = Duration.ofMillis(250);

    /** What hears what was settled. */
    interface Listener<M> {

        /** These will take part. On a thread that must not wait. */
        void settling(M members);

        /** These take part now. On a thread that may wait a little. */
        void settled(M members);

        /** The others have gone on without this node. Once at the most, on a thread of its own. */
        void takenOut();
    }

    private final String node;
    private final Membership membership;
    private final Supplier<M> members;
    private final Function<M, Set<String>> ids;
    private final Listener<M> listener;

    /** After a gap of so long, others may have gone on. */
    private final long stoodStillNanos;

    /** Never waits, for its gaps tell when this node stood still. */
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("weir-agreement").factory());

    /** Asks the database, one question at a time. */
    private final ExecutorService settler =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

    private final Queue<CompletableFuture<@Nullable Void>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean out = new AtomicBoolean();
    private final AtomicBoolean beating = new AtomicBoolean();
    private volatile @Nullable M agreed;
    private volatile long tick = System.nanoTime();

    /** How often this node stood still. */
    private final AtomicInteger pauses = new AtomicInteger();

    /** So many pauses there had been when the database was last asked, which then still knew this node. */
    private volatile int forgiven;

    private volatile boolean closed;

    /** On the settler's thread, after the joining. */
    private Set<String> known = Set.of();

    /** On the ticker's thread, after the joining. */
    private long nextBeat;

    /** @param silence after which a node counts as gone, more than a second */
    Agreement(
            String node,
            Membership membership,
            Supplier<M> members,
            Function<M, Set<String>> ids,
            Listener<M> listener,
            Duration silence) {
        this.node = node;
        this.membership = membership;
        this.members = members;
        this.ids = ids;
        this.listener = listener;
        this.stoodStillNanos = silence.minusSeconds(1).toNanos();
    }

    /** Asks to take part: the nodes that this one should see and doesn't; when there are none, it takes part. Blocks. */
    Set<String> join() {
        Set<String> unseen = membership.join(node, ids.apply(members.get()));
        if (unseen.isEmpty()) {
            look();
            tick = System.nanoTime();
            nextBeat = tick + BEAT.toNanos();
            ticker.scheduleWithFixedDelay(
                    () -> tick(System.nanoTime()), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return unseen;
    }

    /** True while what the data grid has is what everybody has. Never blocks. */
    boolean holds() {
        return !doubtful() && members.get().equals(agreed) && System.nanoTime() - tick < stoodStillNanos && !out.get();
    }

    private boolean doubtful() {
        return pauses.get() != forgiven;
    }

    /**
     * Completes when it holds, at once when it does; fails when others have gone on without this node. On a thread that may
     * wait.
     */
    CompletableFuture<@Nullable Void> whenHolds() {
        CompletableFuture<@Nullable Void> held = new CompletableFuture<>();
        if (holds()) {
            held.complete(null);
        } else {
            waiting.add(held);
            changed();
        }
        return held;
    }

    /** Somebody has come or gone. Returns at once. */
    void changed() {
        try {
            settler.execute(this::look);
        } catch (RejectedExecutionException e) {
            release();
        }
    }

    /** @param now by {@link System#nanoTime} */
    void tick(long now) {
        if (now - tick >= stoodStillNanos) {
            LOG.warn("This node stood still for {} ms", TimeUnit.NANOSECONDS.toMillis(now - tick));
            pauses.incrementAndGet();
        }
        tick = now;
        if (doubtful() || now >= nextBeat) {
            nextBeat = now + BEAT.toNanos();
            beat();
        }
        if (!waiting.isEmpty()) {
            changed();
        }
    }

    /** On a thread of its own, for the database may let it wait. */
    private void beat() {
        if (beating.compareAndSet(false, true)) {
            int before = pauses.get();
            Thread.startVirtualThread(() -> {
                try {
                    if (membership.beat(node)) {
                        forgiven = before;
                    } else {
                        takenOut();
                    }
                } catch (RuntimeException e) {
                    LOG.warn("The database did not take this node's sign of life: {}", e.toString());
                } finally {
                    beating.set(false);
                }
            });
        }
    }

    private void look() {
        try {
            while (!out.get() && !closed && !members.get().equals(agreed)) {
                settle(members.get());
            }
        } catch (RuntimeException e) {
            LOG.error("Who takes part could not be settled; the next look follows", e);
        }
        release();
    }

    private void settle(M now) {
        Set<String> seen = ids.apply(now);
        Set<String> gone = new HashSet<>(known);
        gone.removeAll(seen);
        if (gone.isEmpty() || mayGoOnWithout(gone, seen.size())) {
            known = seen;
            listener.settling(now); // who looks for them once it holds finds them
            agreed = now;
            listener.settled(now);
        }
    }

    private boolean mayGoOnWithout(Set<String> gone, int left) {
        if (left < gone.size()) {
            LockSupport.parkNanos(SMALLER_WAITS.toNanos());
        }
        try {
            boolean takesPart = membership.takeOut(gone, node);
            if (!takesPart) {
                takenOut();
            }
            return takesPart;
        } catch (RuntimeException e) {
            LOG.warn("The database can't be asked who goes on, and this node waits for it: {}", e.toString());
            LockSupport.parkNanos(AGAIN.toNanos());
            return false;
        }
    }

    private void takenOut() {
        if (!closed && out.compareAndSet(false, true)) {
            Thread.startVirtualThread(listener::takenOut);
            release();
        }
    }

    private void release() {
        boolean over = out.get() || closed;
        if (over || holds()) {
            for (CompletableFuture<@Nullable Void> held = waiting.poll(); held != null; held = waiting.poll()) {
                CompletableFuture<@Nullable Void> one = held;
                Thread.startVirtualThread(() -> {
                    if (over) {
                        one.completeExceptionally(new IllegalStateException("This node takes no part any more."));
                    } else {
                        one.complete(null);
                    }
                });
            }
        }
    }

    /** Says goodbye; from now on nothing that waits comes to its end. A second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        ticker.shutdownNow();
        settler.shutdown();
        try {
            if (!out.get()) {
                membership.leave(node);
            }
        } catch (RuntimeException e) {
            LOG.info("The database could not be told that this node leaves: {}", e.toString());
        }
        release();
    }
}
