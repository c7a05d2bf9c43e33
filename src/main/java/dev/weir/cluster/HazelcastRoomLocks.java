package dev.weir.cluster;

import com.hazelcast.map.IMap;
import dev.weir.room.RoomLocks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Locks of rooms in a Hazelcast map. */
@ApplicationScoped
public class HazelcastRoomLocks implements RoomLocks {

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastRoomLocks() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastRoomLocks(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public <T> T alone(String room, Supplier<T> work) {
        IMap<String, Boolean> locks = node.instance().getMap("room-locks");
        locks.lock(room);
        try {
            return work.get();
        } finally {
            GridLock.unlock(locks, room);
        }
    }
}
