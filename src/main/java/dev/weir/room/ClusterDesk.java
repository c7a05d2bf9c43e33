package dev.weir.room;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.audit.Where;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.model.NodeRoles;
import dev.weir.room.Refusal.Code;
import dev.weir.turn.NodeCalls;
import dev.weir.turn.NodeState;
import dev.weir.turn.NodeStates;
import dev.weir.turn.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The nodes of the cluster, for administrators and auditors; administrators take them out of service and back. Thread-safe.
 */
@ApplicationScoped
public class ClusterDesk {

    private static final long PATIENCE_SECONDS = 10;

    private final Nodes nodes;
    private final NodeStates states;
    private final NodeCalls calls;
    private final Audit audit;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected ClusterDesk() {
        this(null, null, null, null);
    }

    @Inject
    public ClusterDesk(Nodes nodes, NodeStates states, NodeCalls calls, Audit audit) {
        this.nodes = nodes;
        this.states = states;
        this.calls = calls;
        this.audit = audit;
    }

    /**
     * A node.
     *
     * @param self whether it is the one that was asked
     * @param state what it has told of itself; empty when it has just come
     */
    public record Seen(Nodes.Node node, boolean self, Optional<NodeState> state) {}

    /**
     * Those that are there, the oldest first, and those of which nothing is known yet after them.
     *
     * @throws Refusal when the caller is neither administrator nor auditor
     */
    public List<Seen> nodes(User caller) {
        Oversight.check(caller, Role.ADMIN, Role.AUDITOR);
        return seen();
    }

    private List<Seen> seen() {
        List<NodeState> told = states.all();
        return nodes.alive().stream()
                .map(node -> new Seen(
                        node,
                        node.id().equals(nodes.id()),
                        told.stream().filter(it -> it.node().equals(node.id())).findFirst()))
                .sorted(Comparator.comparing((Seen it) ->
                                it.state().map(NodeState::startedAt).orElse(Long.MAX_VALUE))
                        .thenComparing(it -> it.node().id()))
                .toList();
    }

    /**
     * Takes a node out of service: see {@link Draining}. One that is out of service already stays so. Blocks until the node
     * has begun.
     *
     * @throws Refusal when the caller is no administrator, there is no such node, or no other node could take its place
     */
    public void drain(User caller, String node) {
        Seen seen = find(caller, "node.drain", node);
        if (!couldBeReplaced(seen)) {
            throw new Refusal(
                    Code.CONFLICT,
                    "No other node in service could take its place, so what it does would stop. Start another one first.");
        }
        tell(caller, "node.drain", seen, true);
    }

    /**
     * Takes a node back into service. One that is in service stays so.
     *
     * @throws Refusal when the caller is no administrator, or there is no such node
     */
    public void restore(User caller, String node) {
        tell(caller, "node.restore", find(caller, "node.restore", node), false);
    }

    private Seen find(User caller, String action, String node) {
        if (!caller.is(Role.ADMIN)) {
            audit.record(Kind.REFUSED, caller.who(), Where.NONE, action, node, "");
        }
        Oversight.check(caller, Role.ADMIN);
        return seen().stream()
                .filter(it -> it.node().id().equals(node))
                .findFirst()
                .orElseThrow(() -> new Refusal(Code.NO_SUCH_NODE, "There is no such node any more."));
    }

    private boolean couldBeReplaced(Seen seen) {
        NodeRoles roles = rolesOf(seen);
        return (!roles.inference() || anotherIs(seen, NodeRoles::inference))
                && (!roles.edge() || anotherIs(seen, NodeRoles::edge));
    }

    private boolean anotherIs(Seen seen, Predicate<NodeRoles> there) {
        return seen().stream()
                .filter(it -> !it.node().id().equals(seen.node().id()))
                .filter(it -> it.state().filter(state -> !state.draining()).isPresent())
                .anyMatch(it -> there.test(rolesOf(it)));
    }

    private static NodeRoles rolesOf(Seen seen) {
        return seen.state().map(it -> NodeRoles.parse(it.roles())).orElse(NodeRoles.BOTH);
    }

    private void tell(User caller, String action, Seen seen, boolean drain) {
        try {
            calls.ask(seen.node().id(), Draining.DRAIN, drain)
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new Refusal(Code.BUSY, "The node does not answer. Look whether it is still there, and try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        audit.record(caller.who(), action, seen.node().id(), seen.node().place());
    }
}
