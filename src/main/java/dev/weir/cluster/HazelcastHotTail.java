package dev.weir.cluster;

import dev.weir.log.ColdLog;
import dev.weir.log.HotTail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hot tails of this node: in its memory while it has been alone since it started, in the data grid from the moment on
 * at which another node comes. The move keeps every event and its number, so readers and writers notice nothing. A node
 * that is left alone again stays with the data grid.
 */
@ApplicationScoped
public class HazelcastHotTail implements HotTail {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastHotTail.class);

    private enum Mode {
        UNDECIDED,
        LONE,
        SHARED
    }

    private final HazelcastNode node;
    private final ColdLog cold;
    private final Alone alone;
    private final SharedTails shared;
    private final ConcurrentMap<String, LoneTail> lone = new ConcurrentHashMap<>();

    /** Written while it changes how tails are kept, read while one is opened or released. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    private volatile Mode mode = Mode.UNDECIDED;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastHotTail() {
        this(null, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastHotTail(@Nullable HazelcastNode node, @Nullable ColdLog cold) {
        this.node = node;
        this.cold = cold;
        this.alone = new Alone(node);
        this.shared = new SharedTails(node, cold);
        if (node != null) {
            node.whenChanged(() -> Thread.ofVirtual().start(this::moveUnlessAlone));
            node.whenTakenOut(this::leave);
        }
    }

    @Override
    public Opened open(String room) {
        awaitAgreement(); // who is cut off must not begin what the others go on with
        decide();
        lock.readLock().lock();
        try {
            return mode == Mode.LONE ? openLone(room) : shared.open(room);
        } finally {
            lock.readLock().unlock();
        }
    }

    private Opened openLone(String room) {
        LoneTail tail = lone.get(room);
        if (tail == null) {
            tail = new LoneTail(cold.nextEpoch(room), capacity());
            lone.put(room, tail);
        }
        return tail.opened();
    }

    /** With the first room. */
    private void decide() {
        if (mode != Mode.UNDECIDED) {
            return;
        }
        lock.writeLock().lock();
        try {
            if (mode == Mode.UNDECIDED && alone.claim()) {
                mode = Mode.LONE;
                moveUnlessAlone();
            } else if (mode == Mode.UNDECIDED) {
                alone.awaitNone();
                mode = Mode.SHARED;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void moveUnlessAlone() {
        lock.writeLock().lock();
        try {
            if (mode == Mode.LONE && !node.isAlone()) {
                lone.forEach(this::move);
                lone.clear();
                mode = Mode.SHARED;
                alone.giveUp();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** What only this node had is what nobody has: the others have gone on from the database. */
    private void leave() {
        lock.writeLock().lock();
        try {
            lone.values().forEach(LoneTail::free);
            lone.clear();
            mode = Mode.UNDECIDED;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void move(String room, LoneTail tail) {
        LoneTail.Moving moving = tail.move();
        try {
            shared.takeOver(room, tail.epoch(), moving.first(), moving.events());
        } catch (RuntimeException e) {
            LOG.error("The hot tail of room {} could not be shared with the other nodes; it begins anew", room, e);
        }
        tail.moved().complete(null);
        moving.waiting()
                .forEach(it -> shared.read(room, tail.epoch(), it.from(), it.max())
                        .whenComplete((slice, failure) -> {
                            if (failure == null) {
                                it.future().complete(slice);
                            } else {
                                it.future().completeExceptionally(failure);
                            }
                        }));
    }

    @Override
    public void release(String room, long epoch) {
        lock.readLock().lock();
        try {
            LoneTail tail = loneTail(room, epoch);
            if (mode == Mode.SHARED) {
                shared.release(room, epoch);
            } else if (tail != null) {
                lone.remove(room);
                tail.free();
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void renew(String room) {
        lock.readLock().lock();
        try {
            LoneTail tail = lone.remove(room);
            if (mode == Mode.SHARED) {
                shared.renew(room);
            } else if (tail != null) {
                tail.free();
            }
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public CompletionStage<Long> append(String room, long epoch, List<String> events) {
        try {
            awaitAgreement();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        LoneTail tail = loneTail(room, epoch);
        if (tail == null) {
            return shared.append(room, epoch, events);
        }
        OptionalLong first = tail.append(events);
        return first.isPresent()
                ? CompletableFuture.completedFuture(first.getAsLong())
                : tail.moved().thenCompose(moved -> shared.append(room, epoch, events));
    }

    /** A node that stood still writes nothing before it knows that no other has begun in its place. */
    private void awaitAgreement() {
        Agreement<?> agreement = node.agreement();
        if (!agreement.holds()) {
            agreement.whenHolds().join();
        }
    }

    @Override
    public CompletionStage<Slice> read(String room, long epoch, long from, int max) {
        LoneTail tail = loneTail(room, epoch);
        if (tail == null) {
            return shared.read(room, epoch, from, max);
        }
        Optional<CompletableFuture<Slice>> reading = tail.read(from, max);
        return reading.isPresent()
                ? reading.get()
                : tail.moved().thenCompose(moved -> shared.read(room, epoch, from, max));
    }

    @Override
    public Set<String> left(List<String> alive) {
        return mode == Mode.SHARED ? shared.left(alive) : Set.of();
    }

    @Override
    public void forget(String room, List<String> alive) {
        if (mode == Mode.SHARED) {
            shared.forget(room, alive);
        }
    }

    private @Nullable LoneTail loneTail(String room, long epoch) {
        LoneTail tail = lone.get(room);
        return tail != null && tail.epoch() == epoch ? tail : null;
    }

    @Override
    public int capacity() {
        return node.capacity();
    }
}
