package dev.weir.cluster;

import dev.weir.turn.Membership;
import java.util.HashSet;
import java.util.Set;

/** A membership without a database: nodes of one test share it. Nobody falls silent in it. */
final class OneMembership implements Membership {

    private final Set<String> nodes = new HashSet<>();

    @Override
    public synchronized Set<String> join(String node, Set<String> seen) {
        Set<String> unseen = new HashSet<>(nodes);
        unseen.removeAll(seen);
        if (unseen.isEmpty()) {
            nodes.add(node);
        }
        return unseen;
    }

    @Override
    public synchronized boolean beat(String node) {
        return nodes.contains(node);
    }

    @Override
    public synchronized boolean takeOut(Set<String> gone, String node) {
        boolean takesPart = nodes.contains(node);
        if (takesPart) {
            nodes.removeAll(gone);
        }
        return takesPart;
    }

    @Override
    public synchronized void leave(String node) {
        nodes.remove(node);
    }
}
