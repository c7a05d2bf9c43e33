package dev.weir.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which life of a room's hot tail is the present one, and which nodes have it open.
 *
 * @param base the number of the event at the ring's first place
 * @param nodes the nodes' ids
 */
@SuppressWarnings("ArrayRecordComponent") // the compact form that Hazelcast gives records has arrays, not lists
record RoomHead(long epoch, long base, String[] nodes) {

    RoomHead with(String node) {
        if (Arrays.asList(nodes).contains(node)) {
            return this;
        }
        String[] more = Arrays.copyOf(nodes, nodes.length + 1);
        more[nodes.length] = node;
        return new RoomHead(epoch, base, more);
    }

    RoomHead onlyWith(Predicate<String> which) {
        return new RoomHead(epoch, base, Arrays.stream(nodes).filter(which).toArray(String[]::new));
    }

    boolean isOnlyWith(List<String> some) {
        return some.containsAll(Arrays.asList(nodes));
    }
}
