package dev.weir.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies that are kept, as this node knows them. They are read once and remembered; one that changes is read again
 * when it is needed next, on this node at once and on the others as soon as they hear of it. In case they do not, what is
 * older than {@link #LIFE} is read again in the background. What is remembered still counts while the database is away.
 * Bounded: the least used are forgotten. Thread-safe.
 */
@ApplicationScoped
public class StoredPolicies implements Policies {

    static final Duration LIFE = Duration.ofMinutes(1);
    static final int MOST = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(StoredPolicies.class);

    private final PolicyStore store;
    private final PolicyNews news;
    private final InstantSource clock;
    private final Executor background;
    private final Map<Scope, Known> known = new LinkedHashMap<>(16, 0.75f, true);
    private long changes;
    private volatile boolean listening;

    private record Known(Policy policy, Instant until, boolean stale) {
        Known outdated() {
            return new Known(policy, until, true);
        }
    }

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected StoredPolicies() {
        this(null, null, null, null);
    }

    @Inject
    StoredPolicies(PolicyStore store, PolicyNews news) {
        this(store, news, InstantSource.system(), Thread::startVirtualThread);
    }

    public StoredPolicies(PolicyStore store, PolicyNews news, InstantSource clock, Executor background) {
        this.store = store;
        this.news = news;
        this.clock = clock;
        this.background = background;
    }

    @Override
    public Layers of(String organisation, String room) {
        return new Layers(
                policy(Scope.INSTALLATION), policy(Scope.organisation(organisation)), policy(Scope.room(room)));
    }

    private Policy policy(Scope scope) {
        if (scope.id().isEmpty() && scope.kind() != Scope.Kind.INSTALLATION) {
            return Policy.NONE;
        }
        boolean heard = listen();
        Known remembered = remembered(scope);
        if (remembered == null) {
            return firstRead(scope);
        }
        if (remembered.stale() || !heard) {
            return readAgain(scope, remembered.policy());
        }
        if (clock.instant().isAfter(remembered.until())) {
            background.execute(() -> readAgain(scope, remembered.policy()));
        }
        return remembered.policy();
    }

    /** One that is old is given once, and then again only when it could not be read for as long. */
    private synchronized @Nullable Known remembered(Scope scope) {
        Known remembered = known.get(scope);
        if (remembered != null && clock.instant().isAfter(remembered.until())) {
            known.put(scope, new Known(remembered.policy(), end(), remembered.stale()));
        }
        return remembered;
    }

    private Instant end() {
        return clock.instant().plus(LIFE);
    }

    private Policy firstRead(Scope scope) {
        try {
            return read(scope);
        } catch (RuntimeException e) {
            throw new PolicyUnknown(scope, e);
        }
    }

    private Policy readAgain(Scope scope, Policy before) {
        try {
            return read(scope);
        } catch (RuntimeException e) {
            LOG.warn("The policy of {} could not be read; the last one known is used", scope.word(), e);
            return before;
        }
    }

    private Policy read(Scope scope) {
        long before = changes();
        Policy read = store.find(scope).orElse(Policy.NONE);
        remember(scope, read, before);
        return read;
    }

    private synchronized long changes() {
        return changes;
    }

    /** What was read before a change may be what was before the change. */
    private synchronized void remember(Scope scope, Policy policy, long before) {
        known.put(scope, new Known(policy, end(), changes != before));
        if (known.size() > MOST) {
            Iterator<Scope> eldest = known.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Whether this node hears of changes; while it does not, nothing that is remembered is trusted. */
    private boolean listen() {
        if (!listening) {
            startListening();
        }
        return listening;
    }

    private synchronized void startListening() {
        if (listening) {
            return;
        }
        try {
            news.listen(this::changed);
            listening = true;
            changed(Optional.empty());
        } catch (RuntimeException e) {
            LOG.debug("This node does not hear of changed policies yet", e);
        }
    }

    private synchronized void changed(Optional<Scope> which) {
        changes++;
        if (which.isPresent()) {
            known.computeIfPresent(which.get(), (scope, it) -> it.outdated());
        } else {
            known.replaceAll((scope, it) -> it.outdated());
        }
    }

    /** The policy of a scope as it is kept; {@link Policy#NONE} when there is none. */
    public Policy kept(Scope scope) {
        return store.find(scope).orElse(Policy.NONE);
    }

    /**
     * As {@link PolicyStore#put}; what is kept counts for every turn that begins from now on, on this node when this returns.
     */
    public PolicyStore.Put put(Scope scope, Policy policy, Optional<Policy> instead) {
        PolicyStore.Put done = store.put(scope, policy, instead);
        tell(scope);
        return done;
    }

    private void tell(Scope scope) {
        changed(Optional.of(scope));
        try {
            news.tell(scope);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Other nodes could not be told that the policy of {} has changed; they notice within {} s",
                    scope.word(),
                    LIFE.toSeconds(),
                    e);
        }
    }

    /** As {@link PolicyStore#scopes}. */
    public List<Scope> scopes(int limit) {
        return store.scopes(limit);
    }
}
