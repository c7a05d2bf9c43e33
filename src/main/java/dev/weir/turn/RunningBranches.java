package dev.weir.turn;

import dev.weir.event.Outcome;
import dev.weir.log.RoomLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The branches that run on this node, or wait for a place on it; the other nodes are told of them. Thread-safe. */
final class RunningBranches {

    private static final Logger LOG = LoggerFactory.getLogger(RunningBranches.class);

    /** The longest wait for other nodes. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConcurrentMap<String, RunningBranch> branches = new ConcurrentHashMap<>();
    private final RecentStops stops = new RecentStops();
    private final Places places;
    private final RoomLog log;
    private final Neighbours neighbours;

    RunningBranches(Places places, RoomLog log, Neighbours neighbours) {
        this.places = places;
        this.log = log;
        this.neighbours = neighbours;
    }

    void add(RunningBranch branch) {
        branches.put(branch.branch(), branch);
    }

    /** Adds one that can't wait, because others have begun it; it is to end at once when it was stopped meanwhile. */
    void force(RunningBranch branch) {
        add(branch);
        places.force(branch.branch());
        stop(branch.room(), branch.turn()).ifPresent(it -> end(branch, it.outcome(), it.reason()));
    }

    /** Where another model, or this node again, goes on with an answer, that one has its place. */
    void ended(RunningBranch branch) {
        branches.remove(branch.branch(), branch);
        if (branches.containsKey(branch.branch())) {
            return;
        }
        places.leave(branch.branch());
        if (!branch.isLeft()) {
            over(branch.room(), branch.branch(), branch.billed());
        }
    }

    /**
     * The others know of an answer until the database has its end and its bill. When they have gone on without this node
     * meanwhile, it is theirs.
     */
    void over(String room, String branch, CompletionStage<?> billed) {
        String here = neighbours.self.id();
        log.kept(room)
                .whenComplete((kept, notKept) -> billed.whenComplete((there, notThere) -> {
                    if (neighbours.self.id().equals(here)) {
                        neighbours.underWay.remove(branch);
                    }
                }));
    }

    /** It has not begun after all, and nobody else need go on with it. */
    void drop(RunningBranch branch) {
        branches.remove(branch.branch(), branch);
        neighbours.underWay.remove(branch.branch());
    }

    /** It could not be gone on with here. */
    void giveUp(RunningBranch branch) {
        branches.remove(branch.branch(), branch);
        places.leave(branch.branch());
    }

    Optional<RunningBranch> find(String branch) {
        return Optional.ofNullable(branches.get(branch));
    }

    List<RunningBranch> all() {
        return List.copyOf(branches.values());
    }

    Set<String> ids() {
        return Set.copyOf(branches.keySet());
    }

    int size() {
        return branches.size();
    }

    /** How somebody stopped a turn of late, on whichever node. */
    Optional<EndOrder> stop(String room, String turn) {
        return stops.of(room, turn);
    }

    /** Ends those that it concerns, now or when this node goes on with them. */
    void obey(EndOrder order) {
        stops.keep(order);
        end(order::concerns, order.outcome(), order.reason());
    }

    void end(Predicate<RunningBranch> which, Outcome outcome, String reason) {
        branches.values().stream().filter(which).forEach(it -> end(it, outcome, reason));
    }

    void end(RunningBranch branch, Outcome outcome, String reason) {
        branch.stop(outcome, reason);
        places.release(branch.branch());
    }

    /** Stops writing it, for another node goes on with it. */
    void leave(RunningBranch branch) {
        branch.leave();
        places.release(branch.branch());
    }

    /** Waits until none of these runs any more. */
    void awaitEnds(Predicate<RunningBranch> which, Duration atMost) {
        await(() -> branches.values().stream().noneMatch(which), atMost);
    }

    static void await(BooleanSupplier done, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Another node has come: it is told what runs here. */
    void tellOthers() {
        tellOthers(branches.values().stream().filter(it -> !it.isLeft()).toList());
    }

    void tellOthers(List<RunningBranch> running) {
        CompletableFuture<?>[] told = running.stream()
                .map(it -> neighbours
                        .underWay
                        .put(it.underWay(neighbours.self.id()))
                        .toCompletableFuture())
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(told)
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.warn("No other node knows of a turn that begins; if this one dies, it is cut", e);
        }
    }
}
