package dev.weir.room;

import dev.weir.turn.Nodes;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is looked after once a minute, by one node of the cluster: erasures that were left, and what is too old. */
@ApplicationScoped
public class Housekeeping {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final Nodes nodes;
    private final Erasures erasures;
    private final Retention retention;
    private @Nullable ScheduledExecutorService thread;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Housekeeping() {
        this(null, null, null);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    public Housekeeping(@Nullable Nodes nodes, @Nullable Erasures erasures, @Nullable Retention retention) {
        this.nodes = nodes;
        this.erasures = erasures;
        this.retention = retention;
    }

    /** Begins; the first look is after a minute. */
    public synchronized void begin() {
        erasures.begin();
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("weir-housekeeping").factory());
        started.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.MINUTES);
        thread = started;
    }

    @PreDestroy
    public synchronized void stop() {
        ScheduledExecutorService running = thread;
        if (running != null) {
            running.shutdownNow();
        }
    }

    private void look() {
        try {
            if (isMine()) {
                erasures.goOn();
                retention.look();
            }
        } catch (RuntimeException e) {
            LOG.warn("What is done once a minute failed; the next time follows", e);
        }
    }

    /** All nodes that see the same others agree on it. */
    private boolean isMine() {
        return nodes.ids().stream().sorted().findFirst().equals(Optional.of(nodes.id()));
    }
}
