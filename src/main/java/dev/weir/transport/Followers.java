package dev.weir.transport;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of this node that follow rooms. Thread-safe. */
@ApplicationScoped
public class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Integer> perUser = new ConcurrentHashMap<>();
    private final ExecutorService writers = writers();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("weir-heartbeat").factory());

    /** The most connections of one user on one node. */
    @Inject
    @ConfigProperty(name = "weir.stream.connections-per-user", defaultValue = "100")
    int mostPerUser;

    private int checks;

    /** Starts the heartbeats; not in the constructor, which the container's proxy runs too. */
    @PostConstruct
    void start() {
        ticker.scheduleWithFixedDelay(this::check, 5, 5, TimeUnit.SECONDS);
    }

    /**
     * A writer waits for its client, perhaps inside the server's own {@code synchronized}: before JDK 24 that would hold a
     * carrier thread, so there each writer is a thread of the platform for as long as it has something to send.
     */
    private static ExecutorService writers() {
        return Runtime.version().feature() >= 24
                ? Executors.newVirtualThreadPerTaskExecutor()
                : Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("weir-writer-", 0).factory());
    }

    /** A place for one more connection of this user; empty when there are too many. */
    Optional<Follower.Place> place(String user) {
        if (perUser.merge(user, 1, Integer::sum) > mostPerUser) {
            release(user);
            return Optional.empty();
        }
        AtomicBoolean released = new AtomicBoolean();
        return Optional.of(() -> {
            if (released.compareAndSet(false, true)) {
                release(user);
            }
        });
    }

    private void release(String user) {
        perUser.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    /** Adds a follower and starts it. */
    void add(Follower follower) {
        followers.add(follower);
        follower.start(writers, () -> followers.remove(follower));
    }

    /** How many connections there are. */
    public int count() {
        return followers.size();
    }

    private void check() {
        long now = System.nanoTime();
        boolean thoroughly = ++checks % 3 == 0;
        for (Follower follower : followers) {
            writers.execute(() -> check(follower, now, thoroughly));
        }
    }

    private static void check(Follower follower, long now, boolean thoroughly) {
        try {
            follower.check(now, HEARTBEAT.toNanos() - TimeUnit.SECONDS.toNanos(5), thoroughly);
        } catch (RuntimeException e) {
            LOG.warn("A connection could not be checked; it stays, the next check follows: {}", e.toString());
        }
    }

    void stop() {
        ticker.shutdownNow();
        followers.forEach(Follower::close);
        writers.shutdown();
    }
}
