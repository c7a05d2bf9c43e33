package dev.weir.turn;

import java.util.List;
import java.util.Set;

/** The nodes of the cluster, as this one sees them now. Thread-safe. */
public interface Nodes extends NodeId {

    /** Those that are alive and belong to the cluster, this one first. */
    List<Node> alive();

    /**
     * The addresses that nodes have told since this one started, also those that have gone since: their pages are still open
     * somewhere.
     */
    Set<String> addresses();

    /**
     * Calls this whenever a node has come or gone, after {@link #alive} has changed, and it is settled that this one goes
     * on; on a thread that must not wait. One that stands still for longer than {@code weir.cluster.silence} counts as gone, and comes back
     * under another id when it goes on.
     */
    void whenChanged(Runnable listener);

    /**
     * Calls this when the others have gone on without this node, which stood still or was cut off: what it had begun is
     * theirs. Nothing that it writes is taken until it has joined them again.
     */
    void whenTakenOut(Runnable listener);

    /** False before this node has joined the others, and while it joins them again. */
    boolean takesPart();

    /** The ids of those that are alive. */
    default List<String> ids() {
        return alive().stream().map(Node::id).toList();
    }

    /**
     * A node.
     *
     * @param id new at every start
     * @param address where browsers reach it, without a slash at the end; empty when it has told none
     * @param version what it runs
     * @param place where the other nodes reach it: host and port
     */
    record Node(String id, String address, String version, String place) {}
}
