package dev.weir.turn;

import dev.weir.budget.Ledger;
import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Event.Presence;
import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.log.ColdLog;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomLog;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Plan;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turns that run on this node. Thread-safe. */
@ApplicationScoped
public class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    /** The longest wait for the ends of answers that others take the place of. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConcurrentMap<String, RunningBranch> branches = new ConcurrentHashMap<>();
    private final RoomLog log;
    private final ColdLog cold;
    private final Pipeline pipeline;
    private final TurnSettings settings;
    private final TurnContext context;
    private final TurnObserver observers;
    private final ScheduledExecutorService ticker;
    private volatile boolean accepting = true;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Turns() {
        this.log = null;
        this.cold = null;
        this.pipeline = null;
        this.settings = TurnSettings.DEFAULT;
        this.context = null;
        this.observers = null;
        this.ticker = null;
    }

    @Inject
    Turns(
            RoomLog log,
            ColdLog cold,
            Pipeline pipeline,
            Config config,
            Ledger ledger,
            @Any Instance<TurnObserver> observers) {
        this(
                log,
                cold,
                pipeline,
                settings(config),
                InstantSource.system(),
                ledger,
                observers.stream().toList());
    }

    public Turns(RoomLog log, ColdLog cold, Pipeline pipeline, TurnSettings settings, InstantSource clock) {
        this(log, cold, pipeline, settings, clock, Ledger.NONE, List.of());
    }

    Turns(
            RoomLog log,
            ColdLog cold,
            Pipeline pipeline,
            TurnSettings settings,
            InstantSource clock,
            Ledger ledger,
            List<TurnObserver> observers) {
        this.log = log;
        this.cold = cold;
        this.pipeline = pipeline;
        this.settings = settings;
        this.observers = new Observers(observers);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        this.context = new TurnContext(new AnswerKeeper(cold, executor), settings, clock, executor, ledger);
        this.ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("weir-turns").factory());
        long every = settings.flushEvery().toMillis();
        ticker.scheduleWithFixedDelay(this::tick, every, every, TimeUnit.MILLISECONDS);
    }

    private static TurnSettings settings(Config config) {
        TurnSettings byDefault = TurnSettings.DEFAULT;
        return new TurnSettings(
                config.getOptionalValue("weir.turn.max-running", Integer.class).orElse(byDefault.maxRunning()),
                config.getOptionalValue("weir.turn.max-duration", Duration.class)
                        .orElse(byDefault.maxDuration()),
                config.getOptionalValue("weir.turn.retries", Integer.class).orElse(byDefault.retries()),
                config.getOptionalValue("weir.turn.max-retry-wait", Duration.class)
                        .orElse(byDefault.maxRetryWait()),
                config.getOptionalValue("weir.log.flush-every", Duration.class).orElse(byDefault.flushEvery()));
    }

    /**
     * Starts a turn: when this returns, it is in the room's log and in the database, and the models are being asked.
     *
     * @param node the id of this node
     * @return what was announced, and where readers of it begin
     * @throws TurnsFull when this node runs as many branches as it may
     */
    public Begun start(TurnOrder order, String node) {
        checkPlace(order.answers().size());
        String turn = Ids.next();
        Plan plan = pipeline.plan(order.organisation(), order.room());
        RoomHandle room = log.open(order.room());
        List<RunningBranch> running = running(order, turn, room);
        running.forEach(it -> branches.put(it.branch(), it));
        Begun begun;
        try {
            checkPlace(0);
            Event.TurnStarted started = started(order, turn, running, plan);
            begun = new Begun(started, announce(order, node, started, room).plus(1));
        } catch (RuntimeException e) {
            running.forEach(it -> branches.remove(it.branch()));
            running.forEach(RunningBranch::abandon);
            room.close();
            throw e;
        }
        running.forEach(it -> it.start(plan, observers));
        return begun;
    }

    /**
     * A turn that has begun.
     *
     * @param after the cursor after its announcement
     */
    public record Begun(Event.TurnStarted turn, Cursor after) {}

    /**
     * Does nothing when so many answers more can be started now.
     *
     * @throws TurnsFull when this node runs as many as it may
     */
    public void checkPlace(int more) {
        if (!accepting || branches.size() + more > settings.maxRunning()) {
            throw new TurnsFull();
        }
    }

    private List<RunningBranch> running(TurnOrder order, String turn, RoomHandle room) {
        List<RunningBranch> running = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(order.answers().size());
        for (TurnOrder.Answering answering : order.answers()) {
            String id = Ids.next();
            running.add(new RunningBranch(context, order, answering, turn, id, room, () -> {
                branches.remove(id);
                if (left.decrementAndGet() == 0) {
                    room.close();
                }
            }));
        }
        return running;
    }

    private static Event.TurnStarted started(TurnOrder order, String turn, List<RunningBranch> running, Plan plan) {
        List<Event.Branch> announced =
                running.stream().map(RunningBranch::announced).toList();
        return new Event.TurnStarted(turn, order.message(), order.requestedBy(), announced, plan.declared());
    }

    private Cursor announce(TurnOrder order, String node, Event.TurnStarted started, RoomHandle room) {
        List<Event> events = new ArrayList<>();
        events.add(started);
        started.branches().forEach(it -> events.add(new Presence(it.model(), Presence.State.THINKING)));
        Instant at = context.clock().instant();
        Cursor place = await(room, events);
        try {
            cold.beginAnswers(order.room(), place, at, started, node);
        } catch (RuntimeException e) {
            withdraw(started, room);
            throw e;
        }
        return place;
    }

    /** Ends what was announced but cannot be run. */
    private static void withdraw(Event.TurnStarted started, RoomHandle room) {
        List<Event> events = new ArrayList<>();
        for (Event.Branch branch : started.branches()) {
            events.add(new Event.TurnEnded(
                    started.turn(),
                    branch.id(),
                    Outcome.FAILED,
                    "The database does not answer. Please try again later.",
                    new dev.weir.event.Usage(0, 0, 0, true),
                    new dev.weir.event.Timing(-1, 0)));
            events.add(new Presence(branch.model(), Presence.State.IDLE));
        }
        room.append(events);
    }

    private static Cursor await(RoomHandle room, List<Event> events) {
        try {
            return room.append(events)
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("The room's log does not take events.", e);
        }
    }

    /** Stops a turn of a room; does nothing when it is not running. */
    public void stop(String room, String turn, String byName) {
        end(it -> it.room().equals(room) && it.turn().equals(turn), Outcome.STOPPED, "Stopped by " + byName + ".");
    }

    /** Ends everything that runs in a room. */
    public void stopAll(String room, String reason) {
        end(it -> it.room().equals(room), Outcome.STOPPED, reason);
    }

    /**
     * Ends the answers of a room that are, or that answer, one of these messages, because another takes their place. Waits
     * until their ends are in the log, so that they come before what takes their place.
     */
    public void supersede(String room, Predicate<String> message) {
        Predicate<RunningBranch> which =
                it -> it.room().equals(room) && (message.test(it.requestOf()) || message.test(it.branch()));
        end(which, Outcome.SUPERSEDED, "Another question took its place.");
        awaitEnds(which, PATIENCE);
    }

    private void end(Predicate<RunningBranch> which, Outcome outcome, String reason) {
        branches.values().stream().filter(which).forEach(it -> it.stop(outcome, reason));
    }

    /** True while a branch is being written on this node; no longer when anybody may know its end. */
    public boolean isRunning(String branch) {
        RunningBranch running = branches.get(branch);
        return running != null && !running.told();
    }

    /** False once this node is stopping. */
    public boolean accepting() {
        return accepting;
    }

    /** The most branches that may run on this node. */
    public int limit() {
        return settings.maxRunning();
    }

    /** How many branches run on this node. */
    public int running() {
        return branches.size();
    }

    private void tick() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("The look after running turns failed; the next one follows", e);
        }
    }

    private void look() {
        Instant now = context.clock().instant();
        List<RunningBranch> running = List.copyOf(branches.values());
        running.forEach(it -> it.check(now));
        if (!context.cold()
                .save(running.stream().flatMap(it -> it.unsaved().stream()).toList())) {
            running.forEach(RunningBranch::saveAgain);
        }
    }

    /** Takes no more turns and ends those that run as interrupted; waits for their ends at most this long. */
    public void shutDown(Duration grace) {
        accepting = false;
        end(
                it -> true,
                Outcome.INTERRUPTED,
                "The server was stopped while this answer was being written. You can continue it.");
        awaitEnds(it -> true, grace);
        ticker.shutdownNow();
        context.executor().shutdownNow();
    }

    private void awaitEnds(Predicate<RunningBranch> which, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (branches.values().stream().anyMatch(which) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
