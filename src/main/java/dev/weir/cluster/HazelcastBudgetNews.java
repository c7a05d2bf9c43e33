package dev.weir.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import dev.weir.budget.BudgetNews;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * News of changed budgets on a Hazelcast topic. Who was away when something was told has missed it: whenever a node comes or
 * goes, and when this one joins anew, every listener is told again.
 */
@ApplicationScoped
public class HazelcastBudgetNews implements BudgetNews {

    private final HazelcastNode node;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected HazelcastBudgetNews() {
        this(null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public HazelcastBudgetNews(@Nullable HazelcastNode node) {
        this.node = node;
    }

    @Override
    public void tell() {
        topic(node.instance()).publish(node.id());
    }

    @Override
    public void listen(Runnable listener) {
        node.whenStarted(started -> {
            topic(started).addMessageListener(message -> listener.run());
            listener.run();
        });
        node.whenChanged(listener);
    }

    private static ITopic<String> topic(HazelcastInstance instance) {
        return instance.getTopic("budget-news");
    }
}
