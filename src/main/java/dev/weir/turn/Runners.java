package dev.weir.turn;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The other nodes that run turns, the one with the fewest first. Thread-safe. */
@ApplicationScoped
class Runners {

    private final NodeStates states;
    private final NodeId self;

    /** What was sent to each since it told its state. */
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();

    private record Sent(long since, AtomicInteger count) {}

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Runners() {
        this(null, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    Runners(@Nullable NodeStates states, @Nullable NodeId self) {
        this.states = states;
        this.self = self;
    }

    /** Those that serve all of these models and take turns. */
    List<NodeState> of(List<String> models) {
        return states.all().stream()
                .filter(it -> !it.node().equals(self.id()) && it.serves(models))
                .sorted(Comparator.comparingInt(this::load))
                .toList();
    }

    /** Something was sent there, which its state does not tell yet. */
    void sentTo(NodeState node) {
        sent.compute(node.node(), (id, before) -> {
                    boolean fresh = before == null || before.since() != node.at();
                    return fresh ? new Sent(node.at(), new AtomicInteger()) : before;
                })
                .count()
                .incrementAndGet();
    }

    private int load(NodeState node) {
        Sent more = sent.get(node.node());
        return node.turns()
                + node.waiting()
                + (more == null || more.since() != node.at() ? 0 : more.count().get());
    }
}
