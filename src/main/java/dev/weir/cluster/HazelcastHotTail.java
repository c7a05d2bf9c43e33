package dev.weir.cluster;

import com.hazelcast.map.IMap;
import com.hazelcast.ringbuffer.OverflowPolicy;
import com.hazelcast.ringbuffer.ReadResultSet;
import com.hazelcast.ringbuffer.Ringbuffer;
import dev.weir.log.ColdLog;
import dev.weir.log.HotTail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The hot tails on Hazelcast: one ring buffer for each room and epoch, one event an item, so that an event's number is its
 * place in the ring. One backup. Which epoch is the present one stands in a map. A node that is alone gives its readers what it
 * appends without asking the ring, see {@link OwnAppends}.
 */
@ApplicationScoped
public class HazelcastHotTail implements HotTail {

    private final HazelcastNode node;
    private final ColdLog cold;
    private final OwnAppends own = new OwnAppends();

    /** The rings of open rooms: looking one up costs about as much as appending to it. */
    private final ConcurrentMap<String, Ringbuffer<String>> rings = new ConcurrentHashMap<>();

    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    private volatile boolean alone;

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
        if (node != null) {
            node.whenMembersChange(this::readAllFromRings);
        }
    }

    @Override
    public Opened open(String room) {
        IMap<String, RoomHead> heads = heads();
        heads.lock(room);
        try {
            RoomHead head = heads.get(room);
            RoomHead opened = (head == null ? new RoomHead(cold.nextEpoch(room), new String[0]) : head).with(node.id());
            heads.set(room, opened);
            look();
            String name = name(room, opened.epoch());
            Ringbuffer<String> ring = ring(name);
            long next = ring.tailSequence() + 1;
            own.opened(name, next);
            return new Opened(opened.epoch(), ring.headSequence(), next);
        } finally {
            heads.unlock(room);
        }
    }

    @Override
    public void release(String room, long epoch) {
        IMap<String, RoomHead> heads = heads();
        heads.lock(room);
        try {
            RoomHead head = heads.get(room);
            if (head == null || head.epoch() != epoch) {
                return;
            }
            String name = name(room, epoch);
            rings.remove(name);
            own.closed(name);
            RoomHead left = head.without(node.id());
            if (left.nodes().length == 0) {
                heads.delete(room);
                node.instance().getRingbuffer(name).destroy();
            } else {
                heads.set(room, left);
            }
        } finally {
            heads.unlock(room);
        }
    }

    @Override
    public CompletionStage<Long> append(String room, long epoch, List<String> events) {
        String name = name(room, epoch);
        int more = events.size() - 1;
        return offHazelcast(add(ring(name), events), last -> {
            long first = last - more;
            own.appended(name, first, events).forEach(this::readFor);
            return first;
        });
    }

    /**
     * What follows runs on a virtual thread, for Hazelcast's own must not wait. Its stages are no good for what follows
     * either: on machines with up to two processors they start a thread of the platform for each.
     */
    private <T, R> CompletionStage<R> offHazelcast(CompletionStage<T> stage, Function<T, R> then) {
        CompletableFuture<R> done = new CompletableFuture<>();
        stage.whenCompleteAsync(
                (result, failure) -> {
                    try {
                        if (failure == null) {
                            done.complete(then.apply(result));
                        } else {
                            done.completeExceptionally(failure);
                        }
                    } catch (RuntimeException e) {
                        done.completeExceptionally(e);
                    }
                },
                threads);
        return done;
    }

    /** Completes with the number of the last, on a thread of Hazelcast's that must not wait. */
    private static CompletionStage<Long> add(Ringbuffer<String> ring, List<String> events) {
        return events.size() == 1
                ? ring.addAsync(events.get(0), OverflowPolicy.OVERWRITE)
                : ring.addAllAsync(events, OverflowPolicy.OVERWRITE);
    }

    @Override
    public CompletionStage<Slice> read(String room, long epoch, long from, int max) {
        String name = name(room, epoch);
        Optional<CompletableFuture<Slice>> awaited =
                alone ? own.await(name, from, max) : Optional.<CompletableFuture<Slice>>empty();
        if (awaited.isPresent() && !alone) {
            readAllFromRings();
        }
        return awaited.isPresent() ? awaited.get() : read(name, from, max);
    }

    private CompletionStage<Slice> read(String name, long from, int max) {
        return offHazelcast(
                ring(name).readManyAsync(from, 1, Math.min(max, capacity()), null), HazelcastHotTail::slice);
    }

    /** Another node has come and may append, or has gone and may have: only the rings know what there is. */
    private void readAllFromRings() {
        look();
        own.forget().forEach(this::readFor);
    }

    private synchronized void look() {
        alone = node.isAlone();
    }

    private void readFor(OwnAppends.Waiting reader) {
        read(reader.ring(), reader.from(), reader.max()).whenComplete((slice, failure) -> {
            if (failure == null) {
                reader.future().complete(slice);
            } else {
                reader.future().completeExceptionally(failure);
            }
        });
    }

    private static Slice slice(ReadResultSet<String> read) {
        List<String> events = new ArrayList<>(read.size());
        read.forEach(events::add);
        return new Slice(read.getSequence(0), events);
    }

    @Override
    public int capacity() {
        return node.capacity();
    }

    private IMap<String, RoomHead> heads() {
        return node.instance().getMap("room-heads");
    }

    private static String name(String room, long epoch) {
        return HazelcastNode.RING_PREFIX + room + ":" + epoch;
    }

    private Ringbuffer<String> ring(String name) {
        return rings.computeIfAbsent(name, it -> node.instance().getRingbuffer(it));
    }
}
