package dev.weir.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.map.IMap;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The mark in the cluster that says: this node keeps its hot tails to itself, for it is alone. Whoever joins waits until
 * the mark is gone, or until the node that set it is. Methods block. Thread-safe.
 */
final class Alone {

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** How long a node that joins waits; handing over takes some milliseconds for each open room. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String KEY = "alone";

    private final HazelcastNode node;

    Alone(HazelcastNode node) {
        this.node = node;
    }

    /** Sets the mark, unless there is another node. */
    boolean claim() {
        IMap<String, String> marks = marks();
        marks.lock(KEY);
        try {
            boolean first = node.isAlone();
            if (first) {
                marks.set(KEY, self());
            }
            return first;
        } finally {
            GridLock.unlock(marks, KEY);
        }
    }

    /** Takes the mark away: others may go on. */
    void giveUp() {
        marks().delete(KEY);
    }

    /** Waits until no node keeps anything to itself. */
    void awaitNone() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (isSet()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Another node does not hand over the rooms that only it has. Look at its log; this node tries again.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY.toMillis()));
        }
    }

    private boolean isSet() {
        String holder = marks().get(KEY);
        return holder != null
                && node.instance().getCluster().getMembers().stream()
                        .map(Member::getUuid)
                        .anyMatch(it -> it.toString().equals(holder));
    }

    private String self() {
        return node.instance().getCluster().getLocalMember().getUuid().toString();
    }

    private IMap<String, String> marks() {
        return node.instance().getMap("hot-tails");
    }
}
