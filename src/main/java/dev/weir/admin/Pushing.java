package dev.weir.admin;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.event.Observes;
import jakarta.faces.event.WebsocketEvent;
import jakarta.faces.event.WebsocketEvent.Closed;
import jakarta.faces.event.WebsocketEvent.Opened;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pushes something to pages again and again, and does nothing while nobody has one open. Thread-safe. */
abstract class Pushing {

    private static final Logger LOG = LoggerFactory.getLogger(Pushing.class);

    @Resource
    @SuppressWarnings("NullAway.Init") // the container sets it
    ManagedScheduledExecutorService scheduler;

    private final String channel;
    private final Duration every;
    private final Lookers lookers;
    private @Nullable ScheduledFuture<?> ticking;

    /**
     * Pushes on a channel.
     *
     * @param checkEvery so many pushes pass until everybody is looked up again
     */
    Pushing(String channel, Duration every, int checkEvery) {
        this.channel = channel;
        this.every = every;
        this.lookers = new Lookers(checkEvery);
    }

    /** Pushes once, to those who look. */
    abstract void push(Lookers to);

    void opened(@Observes @Opened WebsocketEvent event) {
        if (event.getChannel().equals(channel)) {
            open(String.valueOf(event.<String>getUser()));
        }
    }

    void closed(@Observes @Closed WebsocketEvent event) {
        if (event.getChannel().equals(channel)) {
            close(String.valueOf(event.<String>getUser()));
        }
    }

    private synchronized void open(String user) {
        lookers.opened(user);
        if (ticking == null) {
            ticking = scheduler.scheduleAtFixedRate(this::tick, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void close(String user) {
        lookers.closed(user);
        if (lookers.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    private void tick() {
        try {
            push(lookers);
        } catch (RejectedExecutionException e) {
            LOG.debug("The server is stopping", e);
        } catch (RuntimeException e) {
            LOG.warn("Pages ({}) could not be brought up to date; the next try follows", channel, e);
        }
    }
}
