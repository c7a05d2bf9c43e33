package dev.weir.room;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.turn.NodeState;
import dev.weir.turn.NodeStates;
import dev.weir.turn.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What clients are told of the nodes: where to go on when theirs is gone. Thread-safe. */
@ApplicationScoped
public class NodeList {

    private final Nodes nodes;
    private final NodeStates states;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected NodeList() {
        this(null, null);
    }

    @Inject
    public NodeList(Nodes nodes, NodeStates states) {
        this.nodes = nodes;
        this.states = states;
    }

    /** The addresses of the nodes that are in service and have told one, that of this node first. */
    public List<String> addresses() {
        Set<String> drained = states.all().stream()
                .filter(NodeState::draining)
                .map(NodeState::node)
                .collect(Collectors.toUnmodifiableSet());
        return addresses(it -> !drained.contains(it));
    }

    private List<String> addresses(Predicate<String> ids) {
        return nodes.alive().stream()
                .filter(it -> ids.test(it.id()) && !it.address().isEmpty())
                .map(Nodes.Node::address)
                .toList();
    }

    /** The message for streams; empty while there is nowhere else to go. */
    Optional<String> message() {
        List<String> addresses = addresses();
        if (addresses.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(message("nodes", addresses));
    }

    /** The message for streams that end because this node goes out of service. */
    String goElsewhere() {
        String own = nodes.alive().stream()
                .filter(it -> it.id().equals(nodes.id()))
                .map(Nodes.Node::address)
                .findFirst()
                .orElse("");
        return message(
                "move", addresses().stream().filter(it -> !it.equals(own)).toList());
    }

    private static String message(String type, List<String> addresses) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", type);
        ArrayNode list = json.putArray("nodes");
        addresses.forEach(list::add);
        return json.toString();
    }

    /** Calls this, on a thread that must not wait, when there may be something new to tell. */
    void whenChanged(Runnable listener) {
        nodes.whenChanged(listener);
    }

    /** Calls this when clients do better to go on at another node. */
    void whenTakenOut(Runnable listener) {
        nodes.whenTakenOut(listener);
    }
}
