package dev.weir.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.Partition;
import com.hazelcast.partition.PartitionService;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far backups are. What is written to a partition reaches its backup in the order in which it was written; so once a write
 * of one's own is acknowledged, everything that was there before it has been. Thread-safe.
 */
class Backups {

    private final HazelcastInstance hazelcast;

    /** For each partition a key that lies in it. */
    private final Map<Integer, Integer> keys = new ConcurrentHashMap<>();

    private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();

    Backups(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** In which partition a key of a map is. */
    int partition(String key) {
        Partition partition = hazelcast.getPartitionService().getPartition(key);
        partitions.put(partition.getPartitionId(), partition);
        return partition.getPartitionId();
    }

    /**
     * The node that has a partition now, as far as this one knows.
     *
     * @param partition one that was asked for
     */
    Optional<UUID> owner(int partition) {
        return Optional.ofNullable(partitions.get(partition))
                .map(Partition::getOwner)
                .map(Member::getUuid);
    }

    /** Completes when the partition's backup, where there is one, has everything that the partition has now. */
    CompletionStage<Void> caughtUp(int partition) {
        if (hazelcast.getCluster().getMembers().size() == 1) {
            return CompletableFuture.completedStage(null);
        }
        IMap<Integer, Boolean> marks = hazelcast.getMap("backup-marks");
        return marks.setAsync(keys.computeIfAbsent(partition, this::keyIn), true);
    }

    private Integer keyIn(int partition) {
        PartitionService partitions = hazelcast.getPartitionService();
        int key = 0;
        while (partitions.getPartition(key).getPartitionId() != partition) {
            key++;
        }
        return key;
    }
}
