package dev.weir.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionLostEvent;
import dev.weir.log.ColdLog;
import dev.weir.log.HotTail;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hot tails of several nodes: one Hazelcast ring buffer for each room and epoch, one event an item, so that an event's
 * number is its place in the ring and a base. One backup. Which epoch is the present one, and its base, stand in a map. A room's
 * entry there and its rings are in one partition: they are lost together, so that nobody takes a ring that begins anew for the
 * one that was lost.
 */
final class SharedTails implements HotTail {

    /** The most events of one append when a tail moves here. */
    private static final int MOVED_AT_ONCE = 256;

    private static final String HEADS = "room-heads";

    /** What follows it in the name of a ring decides, as a key of a map does, in which partition it is. */
    private static final String IN_PARTITION_OF = "@";

    private final HazelcastNode node;
    private final ColdLog cold;

    /** The rings of open rooms: looking one up costs about as much as appending to it. */
    private final ConcurrentMap<String, Open> rings = new ConcurrentHashMap<>();

    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Appends appends = new Appends();

    private volatile @Nullable Backups backups;

    private record Open(String room, Ring ring) {}

    SharedTails(HazelcastNode node, ColdLog cold) {
        this.node = node;
        this.cold = cold;
        if (node != null) {
            node.whenStarted(this::started);
            node.whenTakenOut(this::leave);
        }
    }

    private void started(HazelcastInstance hazelcast) {
        backups = new Backups(hazelcast);
        hazelcast.getPartitionService().addPartitionLostListener(this::lost);
    }

    /** Waits, while it is not settled who goes on, before it begins what others may have gone on with. */
    @Override
    public Opened open(String room) {
        Optional<Opened> opened = tryToOpen(room);
        while (opened.isEmpty()) {
            node.agreement().whenHolds().join();
            opened = tryToOpen(room);
        }
        return opened.get();
    }

    private Optional<Opened> tryToOpen(String room) {
        IMap<String, RoomHead> heads = heads();
        heads.lock(room);
        try {
            RoomHead head = heads.get(room);
            if (head == null && !node.agreement().holds()) {
                return Optional.empty();
            }
            RoomHead opened =
                    (head == null ? new RoomHead(cold.nextEpoch(room), 0, new String[0]) : head).with(node.id());
            heads.set(room, opened);
            Ring ring = ring(room, opened);
            return Optional.of(new Opened(opened.epoch(), ring.first(), ring.next()));
        } finally {
            GridLock.unlock(heads, room);
        }
    }

    /** Takes over a tail that only this node had. Blocks. */
    void takeOver(String room, long epoch, long first, List<String> events) {
        RoomHead head = new RoomHead(epoch, first, new String[] {node.id()});
        Ring ring = ring(room, head);
        for (int from = 0; from < events.size(); from += MOVED_AT_ONCE) {
            List<String> some = events.subList(from, Math.min(events.size(), from + MOVED_AT_ONCE));
            ring.append(some).join();
        }
        heads().set(room, head);
    }

    @Override
    public void release(String room, long epoch) {
        IMap<String, RoomHead> heads = heads();
        rings.remove(name(room, epoch));
        heads.lock(room);
        try {
            RoomHead head = heads.get(room);
            if (head == null || head.epoch() != epoch) {
                return;
            }
            set(room, head.onlyWith(it -> !it.equals(node.id())));
        } finally {
            GridLock.unlock(heads, room);
        }
    }

    @Override
    public void renew(String room) {
        heads().lock(room);
        try {
            RoomHead head = heads().get(room);
            if (head != null) {
                rings.remove(name(room, head.epoch()));
                set(room, head.onlyWith(node -> false));
            }
        } finally {
            GridLock.unlock(heads(), room);
        }
    }

    /** With its lock. */
    private void set(String room, RoomHead head) {
        if (head.nodes().length == 0) {
            heads().delete(room);
            node.instance().getRingbuffer(name(room, head.epoch())).destroy();
        } else {
            heads().set(room, head);
        }
    }

    @Override
    public Set<String> left(List<String> alive) {
        return heads().entrySet().stream()
                .filter(it -> !it.getValue().isOnlyWith(alive))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    @Override
    public void forget(String room, List<String> alive) {
        heads().lock(room);
        try {
            RoomHead head = heads().get(room);
            if (head != null && !head.isOnlyWith(alive)) {
                set(room, head.onlyWith(alive::contains));
            }
        } finally {
            GridLock.unlock(heads(), room);
        }
    }

    @Override
    public CompletionStage<Long> append(String room, long epoch, List<String> events) {
        Open open = rings.get(name(room, epoch));
        return open == null ? notOpen(room) : whenItHolds(open.ring().append(events));
    }

    @Override
    public CompletionStage<Slice> read(String room, long epoch, long from, int max) {
        Open open = rings.get(name(room, epoch));
        return open == null ? notOpen(room) : whenItHolds(open.ring().read(from, Math.min(max, capacity())));
    }

    /** While it is not settled who goes on, what this node has may not be what the others have. */
    private <T> CompletionStage<T> whenItHolds(CompletableFuture<T> had) {
        return had.thenCompose(it -> {
            Agreement<?> agreement = node.agreement();
            return agreement.holds()
                    ? CompletableFuture.completedFuture(it)
                    : agreement.whenHolds().thenApply(nothing -> it);
        });
    }

    /**
     * Two nodes have gone at once that alone had some of the rooms: such a one begins a new epoch, from the database, on every
     * node that has it open.
     */
    private void lost(PartitionLostEvent event) {
        if (event.getLostBackupCount() == 0) {
            return;
        }
        rings.forEach((name, open) -> {
            if (open.ring().partition() == event.getPartitionId()) {
                threads.execute(() -> lost(name, open));
            }
        });
    }

    private void lost(String name, Open open) {
        node.agreement().whenHolds().join(); // from a node that is cut off, the others have not gone
        IMap<String, RoomHead> heads = heads();
        heads.lock(open.room());
        try {
            RoomHead head = heads.get(open.room());
            if (head != null && name.equals(name(open.room(), head.epoch()))) {
                heads.delete(open.room());
            }
        } finally {
            GridLock.unlock(heads, open.room());
        }
        rings.remove(name, open);
        open.ring().lose();
    }

    /** The rings of before are not those to which this node comes back. */
    private void leave() {
        rings.forEach((name, open) -> {
            rings.remove(name, open);
            open.ring().lose();
        });
    }

    private static <T> CompletionStage<T> notOpen(String room) {
        return CompletableFuture.failedFuture(
                new IllegalStateException("The hot tail of room " + room + " is not open."));
    }

    @Override
    public int capacity() {
        return node.capacity();
    }

    private IMap<String, RoomHead> heads() {
        return node.instance().getMap(HEADS);
    }

    private static String name(String room, long epoch) {
        return HazelcastNode.RING_PREFIX + room + ":" + epoch + IN_PARTITION_OF + room;
    }

    private Ring ring(String room, RoomHead head) {
        HazelcastInstance hazelcast = node.instance();
        return rings.computeIfAbsent(
                        name(room, head.epoch()),
                        it -> new Open(
                                room,
                                new Ring(
                                        hazelcast, it, head.base(), appends, Objects.requireNonNull(backups), threads)))
                .ring();
    }
}
