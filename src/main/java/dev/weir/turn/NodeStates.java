package dev.weir.turn;

import java.util.List;
import java.util.function.Supplier;

/** How the nodes of the cluster stand, as they have told lately. Thread-safe. */
public interface NodeStates {

    /** There is no other node. */
    NodeStates NONE = new NodeStates() {
        @Override
        public List<NodeState> all() {
            return List.of();
        }

        @Override
        public void tell(Supplier<NodeState> own) {}
    };

    /** Those that are alive and have told, this one among them, the oldest first; some seconds old at most. Never blocks. */
    List<NodeState> all();

    /** From now on the others are told this of this node, every second and whenever a node has come or gone. */
    void tell(Supplier<NodeState> own);
}
