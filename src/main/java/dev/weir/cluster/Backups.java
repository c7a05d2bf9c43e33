package dev.weir.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far backups are. What is written to a partition reaches its backup in the order in which it was written; so once a write
 * of one's own is acknowledged, everything that was there before it has been. Thread-safe.
 */
final class Backups {

    private final HazelcastInstance hazelcast;

    /** For each partition a key that lies in it. */
    private final Map<Integer, Integer> keys = new ConcurrentHashMap<>();

    Backups(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** In which partition a key of a map is. */
    int partition(String key) {
        return hazelcast.getPartitionService().getPartition(key).getPartitionId();
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
