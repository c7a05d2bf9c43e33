package dev.weir.cluster;

import java.util.Arrays;

/**
 * Which life of a room's hot tail is the present one, and which nodes have it open.
 *
 * @param nodes the nodes' ids
 */
@SuppressWarnings("ArrayRecordComponent") // the compact form that Hazelcast gives records has arrays, not lists
record RoomHead(long epoch, String[] nodes) {

    RoomHead with(String node) {
        if (Arrays.asList(nodes).contains(node)) {
            return this;
        }
        String[] more = Arrays.copyOf(nodes, nodes.length + 1);
        more[nodes.length] = node;
        return new RoomHead(epoch, more);
    }

    RoomHead without(String node) {
        return new RoomHead(
                epoch, Arrays.stream(nodes).filter(it -> !it.equals(node)).toArray(String[]::new));
    }
}
