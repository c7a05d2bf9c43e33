package dev.weir.cluster;

import com.hazelcast.topic.ITopic;
import dev.weir.pipeline.PolicyNews;
import dev.weir.pipeline.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * News of changed policies on a Hazelcast topic. Who was away when something was told has missed it: whenever a node comes
 * or goes, every listener is told that it may have.
 */
@ApplicationScoped
public class HazelcastPolicyNews implements PolicyNews {

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastPolicyNews() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastPolicyNews(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public void tell(Scope changed) {
        topic().publish(changed.word());
    }

    @Override
    public void listen(Consumer<Optional<Scope>> listener) {
        topic().addMessageListener(message -> listener.accept(Optional.of(Scope.of(message.getMessageObject()))));
        node.whenChanged(() -> listener.accept(Optional.empty()));
    }

    private ITopic<String> topic() {
        return node.instance().getTopic("policy-news");
    }
}
