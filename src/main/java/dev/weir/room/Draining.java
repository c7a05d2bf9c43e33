package dev.weir.room;

import dev.weir.turn.HandOver;
import dev.weir.turn.NodeCalls;
import dev.weir.turn.NodeCalls.Question;
import dev.weir.turn.Turns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes this node out of service while it runs, and back. Out of service it starts no turns and takes no connections that
 * stay, tells its clients to go to other nodes, and hands over what is not written to its end soon. Everything else it still
 * does, so that nothing is cut. Thread-safe.
 */
@ApplicationScoped
public class Draining {

    /** How long answers may come to their end here before other nodes go on with them. */
    static final Duration GRACE = Duration.ofSeconds(8);

    /** Asks a node to be out of service, or in service again; the answer is always true. */
    static final Question<Boolean, Boolean> DRAIN = new Question<>("node-drain", Boolean.class, Boolean.class);

    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(50).toNanos();

    private final Turns turns;
    private final HandOver handOver;
    private final Followers followers;
    private final NodeCalls calls;
    private final Duration grace;
    private final AtomicInteger changes = new AtomicInteger();

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Draining() {
        this(null, null, null, null, GRACE);
    }

    @Inject
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    Draining(
            @Nullable Turns turns,
            @Nullable HandOver handOver,
            @Nullable Followers followers,
            @Nullable NodeCalls calls) {
        this(turns, handOver, followers, calls, GRACE);
    }

    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    Draining(
            @Nullable Turns turns,
            @Nullable HandOver handOver,
            @Nullable Followers followers,
            @Nullable NodeCalls calls,
            Duration grace) {
        this.turns = turns;
        this.handOver = handOver;
        this.followers = followers;
        this.calls = calls;
        this.grace = grace;
    }

    /** Has this node do what it is asked; the node must have been started. */
    public void begin() {
        calls.answer(DRAIN, on -> {
            set(on);
            return true;
        });
    }

    /** Takes the node out of service, or back. What that leads to happens by and by. */
    void set(boolean on) {
        int change = changes.incrementAndGet();
        turns.drain(on);
        followers.admit(!on);
        LOG.info("This node is {}", on ? "taken out of service: it takes nothing new" : "back in service");
        if (on) {
            Thread.ofVirtual().name("weir-drain").start(() -> empty(change));
        }
    }

    private void empty(int change) {
        followers.sendAway();
        long deadline = System.nanoTime() + grace.toNanos();
        while (turns.running() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
        if (changes.get() == change && turns.running() > 0) {
            handOver.all();
        }
    }
}
