package dev.weir.cluster;

import com.hazelcast.map.IMap;
import dev.weir.turn.NodeState;
import dev.weir.turn.NodeStates;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * States of nodes in a Hazelcast map, as JSON. Each node puts its own there and reads those of all, every second and when a
 * node has come or gone; what a node that has gone has left there goes after a minute.
 */
@ApplicationScoped
public class HazelcastNodeStates implements NodeStates {

    private static final Logger LOG = LoggerFactory.getLogger(HazelcastNodeStates.class);
    private static final long KEPT_SECONDS = 60;

    private final HazelcastNode node;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("weir-node-states").factory());
    private volatile List<NodeState> told = List.of();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastNodeStates() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastNodeStates(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public List<NodeState> all() {
        List<String> alive = node.ids();
        return told.stream().filter(it -> alive.contains(it.node())).toList();
    }

    @Override
    public void tell(Supplier<NodeState> own) {
        exchange(own);
        ticker.scheduleWithFixedDelay(() -> exchange(own), 1, 1, TimeUnit.SECONDS);
        node.whenChanged(() -> ticker.execute(() -> exchange(own)));
    }

    private void exchange(Supplier<NodeState> own) {
        try {
            IMap<String, String> states = node.instance().getMap("node-states");
            NodeState now = own.get();
            states.set(now.node(), GridJson.write(now), KEPT_SECONDS, TimeUnit.SECONDS);
            told = states.values().stream()
                    .map(it -> GridJson.read(it, NodeState.class))
                    .sorted(Comparator.comparingLong(NodeState::startedAt).thenComparing(NodeState::node))
                    .toList();
        } catch (RuntimeException e) {
            LOG.debug("The nodes could not tell each other how they stand; they try again", e);
        }
    }

    @PreDestroy
    void stop() {
        ticker.shutdownNow();
    }
}
