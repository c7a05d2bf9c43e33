package dev.weir.cluster;

import dev.weir.room.OtherMemories;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Orders to forget, on a Hazelcast executor. */
@ApplicationScoped
public class HazelcastOtherMemories implements OtherMemories {

    private static final String FORGET = "forget-orders";

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastOtherMemories() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastOtherMemories(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public CompletionStage<Void> forget(Set<String> rooms) {
        return HazelcastOtherNodes.tell(node, new CallTask(FORGET, GridJson.write(rooms)));
    }

    @Override
    public void listen(Consumer<Set<String>> obey) {
        node.whenStarted(started -> CallTask.obeyBy(started, FORGET, String[].class, it -> obey.accept(Set.of(it))));
    }
}
