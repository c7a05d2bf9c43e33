package dev.weir.admin;

import dev.weir.identity.Role;
import dev.weir.identity.Users;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.faces.event.WebsocketEvent;
import jakarta.faces.event.WebsocketEvent.Closed;
import jakarta.faces.event.WebsocketEvent.Opened;
import jakarta.faces.push.Push;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes {@link LiveFigures} to every open overview, twice a second, and does nothing while nobody looks. Who has lost the
 * role gets nothing more within {@link #CHECK_EVERY} pushes. Thread-safe.
 */
@ApplicationScoped
public class LivePush {

    static final String CHANNEL = "console";

    private static final Logger LOG = LoggerFactory.getLogger(LivePush.class);
    private static final int MILLIS = 500;
    private static final int CHECK_EVERY = 10;

    @Inject
    @Push(channel = CHANNEL)
    PushContext push;

    @Inject
    LiveFigures figures;

    @Inject
    Users users;

    @Resource
    @SuppressWarnings("NullAway.Init") // the container sets it
    ManagedScheduledExecutorService scheduler;

    /** How many pages each user has open. */
    private final Map<String, Integer> pages = new HashMap<>();

    private Set<String> admitted = Set.of();
    private int pushes;
    private @Nullable ScheduledFuture<?> ticking;

    void opened(@Observes @Opened WebsocketEvent event) {
        if (event.getChannel().equals(CHANNEL)) {
            open(String.valueOf(event.<String>getUser()));
        }
    }

    void closed(@Observes @Closed WebsocketEvent event) {
        if (event.getChannel().equals(CHANNEL)) {
            close(String.valueOf(event.<String>getUser()));
        }
    }

    private synchronized void open(String user) {
        pages.merge(user, 1, Integer::sum);
        pushes = 0;
        if (ticking == null) {
            ticking = scheduler.scheduleWithFixedDelay(this::tick, 0, MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void close(String user) {
        pages.computeIfPresent(user, (it, open) -> open > 1 ? open - 1 : null);
        if (pages.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    private void tick() {
        try {
            Set<String> looking = looking();
            if (!looking.isEmpty()) {
                push.send(figures.json(), looking);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("The server is stopping", e);
        } catch (RuntimeException e) {
            LOG.warn("The overview could not be brought up to date; the next try follows", e);
        }
    }

    private Set<String> looking() {
        Set<String> open;
        synchronized (this) {
            if (pushes++ % CHECK_EVERY != 0) {
                return admitted;
            }
            open = Set.copyOf(pages.keySet());
        }
        Set<String> may = open.stream().filter(this::mayLook).collect(Collectors.toUnmodifiableSet());
        synchronized (this) {
            admitted = may;
        }
        return may;
    }

    private boolean mayLook(String user) {
        return users.byId(user)
                .filter(it -> it.is(Role.ADMIN) || it.is(Role.AUDITOR))
                .isPresent();
    }
}
