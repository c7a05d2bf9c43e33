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
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The hot tails on Hazelcast: one ring buffer for each room and epoch, one event an item, so that an event's number is its
 * place in the ring. One backup. Which epoch is the present one stands in a map.
 */
@ApplicationScoped
public class HazelcastHotTail implements HotTail {

    private final HazelcastNode node;
    private final ColdLog cold;

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
    }

    @Override
    public Opened open(String room) {
        IMap<String, RoomHead> heads = heads();
        heads.lock(room);
        try {
            RoomHead head = heads.get(room);
            RoomHead opened = (head == null ? new RoomHead(cold.nextEpoch(room), new String[0]) : head).with(node.id());
            heads.set(room, opened);
            Ringbuffer<String> ring = ring(room, opened.epoch());
            return new Opened(opened.epoch(), ring.headSequence(), ring.tailSequence() + 1);
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
            RoomHead left = head.without(node.id());
            if (left.nodes().length == 0) {
                heads.delete(room);
                ring(room, epoch).destroy();
            } else {
                heads.set(room, left);
            }
        } finally {
            heads.unlock(room);
        }
    }

    @Override
    public CompletionStage<Long> append(String room, long epoch, List<String> events) {
        int count = events.size();
        if (count == 1) {
            return ring(room, epoch).addAsync(events.get(0), OverflowPolicy.OVERWRITE);
        }
        return ring(room, epoch).addAllAsync(events, OverflowPolicy.OVERWRITE).thenApply(last -> last - count + 1);
    }

    @Override
    public CompletionStage<Slice> read(String room, long epoch, long from, int max) {
        return ring(room, epoch)
                .readManyAsync(from, 1, Math.min(max, capacity()), null)
                .thenApply(HazelcastHotTail::slice);
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

    private Ringbuffer<String> ring(String room, long epoch) {
        return node.instance().getRingbuffer(HazelcastNode.RING_PREFIX + room + ":" + epoch);
    }
}
