package dev.weir.cluster;

import com.hazelcast.map.IMap;

/** Locks that all nodes share: the keys of maps of the data grid. */
final class GridLock {

    private GridLock() {}

    /** Gives a lock back that the calling thread holds. */
    static void unlock(IMap<String, ?> locks, String key) {
        try {
            locks.unlock(key);
        } catch (IllegalMonitorStateException e) {
            // The grid has done it, and again when the node that did it died before it said so.
        }
    }
}
