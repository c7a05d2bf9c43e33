package dev.weir.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.ringbuffer.OverflowPolicy;
import com.hazelcast.ringbuffer.ReadResultSet;
import com.hazelcast.ringbuffer.Ringbuffer;
import dev.weir.log.HotTail.Slice;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A room's ring as this node uses it: an event is appended, and is read, only once a backup has it, where there is one. A
 * ring gives its readers what its backup may lack; how far the backup has come, this node learns from its own appends, and
 * where it has none under way, it asks. Thread-safe.
 */
final class Ring {

    private final Ringbuffer<String> buffer;
    private final long base;
    private final Backups backups;
    private final int partition;
    private final Executor threads;
    private final Appends appends;
    private final Repeats repeats = new Repeats();

    /** The last place of which it is known that a backup has it. */
    private final AtomicLong safe = new AtomicLong(-1);

    private final AtomicInteger underWay = new AtomicInteger();

    /** Completed, and replaced, with each append of this node that ends. */
    private final AtomicReference<CompletableFuture<Boolean>> arrival =
            new AtomicReference<>(new CompletableFuture<>());

    private final ConcurrentMap<Long, CompletableFuture<Slice>> reading = new ConcurrentHashMap<>();
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean lost;

    /**
     * @param base the number of the event in the ring's first place
     * @param appends of this node, to all rings
     * @param threads on which what follows may wait; Hazelcast's own must not
     */
    Ring(HazelcastInstance hazelcast, String name, long base, Appends appends, Backups backups, Executor threads) {
        this.appends = appends;
        this.buffer = hazelcast.getRingbuffer(name);
        this.base = base;
        this.backups = backups;
        this.partition = backups.partition(Objects.requireNonNull(buffer.getPartitionKey()));
        this.threads = threads;
    }

    long first() {
        return buffer.headSequence() + base;
    }

    long next() {
        return buffer.tailSequence() + 1 + base;
    }

    int partition() {
        return partition;
    }

    /** Completes with the number of the first when a backup has all. */
    CompletableFuture<Long> append(List<String> events) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        underWay.incrementAndGet();
        asked(() -> add(appends.numbered(events)))
                .whenCompleteAsync(
                        (last, failure) -> {
                            if (failure == null) {
                                safe.accumulateAndGet(last, Math::max);
                            }
                            underWay.decrementAndGet();
                            if (failure == null) {
                                done.complete(last - events.size() + 1 + base);
                            } else {
                                done.completeExceptionally(failure);
                            }
                            arrival.getAndSet(new CompletableFuture<>()).complete(true);
                        },
                        threads);
        return done;
    }

    /** A data grid that has ended throws at once, and whoever waits for this must hear of it. */
    private static <T> CompletionStage<T> asked(Supplier<CompletionStage<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<Long> add(List<String> events) {
        return events.size() == 1
                ? buffer.addAsync(events.get(0), OverflowPolicy.OVERWRITE)
                : buffer.addAllAsync(events, OverflowPolicy.OVERWRITE);
    }

    /** Completes with at least one event, when a backup has all of them; fails when the ring was lost. */
    CompletableFuture<Slice> read(long from, int max) {
        CompletableFuture<Slice> done = new CompletableFuture<>();
        Long number = reads.incrementAndGet();
        reading.put(number, done);
        done.whenComplete((slice, failure) -> reading.remove(number));
        if (lost) {
            lose();
        }
        read(Math.max(0, from - base), max, done);
        return done;
    }

    private void read(long place, int max, CompletableFuture<Slice> done) {
        Optional<UUID> owner = backups.owner(partition);
        asked(() -> buffer.readManyAsync(place, 1, max, null))
                .whenCompleteAsync(
                        (read, failure) -> {
                            if (failure == null) {
                                whenSafe(read.getSequence(0) + read.size() - 1, owner, done, () -> {
                                    if (isWith(owner)) {
                                        give(read, done);
                                    } else if (!done.isDone()) {
                                        read(place, max, done);
                                    }
                                });
                            } else {
                                done.completeExceptionally(failure);
                            }
                        },
                        threads);
    }

    /**
     * When another node has the ring meanwhile, what was read may never have come there: an append that was under way is
     * repeated there, perhaps behind others.
     */
    private boolean isWith(Optional<UUID> owner) {
        return backups.owner(partition).equals(owner);
    }

    private void give(ReadResultSet<String> read, CompletableFuture<Slice> done) {
        try {
            long first = read.getSequence(0);
            done.complete(new Slice(first + base, repeats.untagged(first, read)));
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
    }

    private void whenSafe(long last, Optional<UUID> owner, CompletableFuture<Slice> done, Runnable then) {
        CompletableFuture<Boolean> next = arrival.get();
        if (safe.get() >= last) {
            then.run();
        } else if (underWay.get() > 0) {
            next.whenComplete((arrived, failure) -> whenSafe(last, owner, done, then));
        } else {
            asked(() -> backups.caughtUp(partition))
                    .whenCompleteAsync(
                            (nothing, failure) -> {
                                if (failure == null) {
                                    if (isWith(owner)) {
                                        safe.accumulateAndGet(last, Math::max);
                                    }
                                    then.run();
                                } else {
                                    done.completeExceptionally(failure);
                                }
                            },
                            threads);
        }
    }

    /** Nothing can be read any more. */
    void lose() {
        lost = true;
        reading.values()
                .forEach(it -> it.completeExceptionally(
                        new IllegalStateException("This node does not have the room's hot tail any more.")));
    }
}
