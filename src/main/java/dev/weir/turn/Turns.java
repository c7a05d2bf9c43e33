package dev.weir.turn;

import dev.weir.budget.OverBudget;
import dev.weir.budget.Payer;
import dev.weir.budget.rate.Rate;
import dev.weir.budget.rate.TooFast;
import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Event.Presence;
import dev.weir.event.Ids;
import dev.weir.event.Outcome;
import dev.weir.log.ColdLog;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomHandle.SoFar;
import dev.weir.log.RoomLog;
import dev.weir.model.StreamingModel;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Plan;
import dev.weir.turn.OrderedBranch.Before;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turns that run on this node. Thread-safe. */
@ApplicationScoped
public class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private static final String WAITS = "All places are taken. The answer begins as soon as one is free.";
    private static final String NO_PLACE = "No place became free for this answer. Please ask again in a moment.";

    private final RunningBranches branches;
    private final EndOrders ends;
    private final Resumption resumption;
    private final Places places;
    private final RoomLog log;
    private final Pipeline pipeline;
    private final TurnSettings settings;
    private final TurnContext context;
    private final TurnObserver observers;
    private final Neighbours neighbours;
    private final SpokenTexts spoken;
    private final ScheduledExecutorService ticker;
    private volatile boolean accepting = true;
    private volatile boolean drained;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Turns() {
        this.branches = null;
        this.ends = null;
        this.resumption = null;
        this.places = null;
        this.log = null;
        this.pipeline = null;
        this.settings = TurnSettings.DEFAULT;
        this.context = null;
        this.observers = null;
        this.neighbours = null;
        this.spoken = null;
        this.ticker = null;
    }

    @Inject
    Turns(
            RoomLog log,
            ColdLog cold,
            Pipeline pipeline,
            Config config,
            Purse purse,
            @Any Instance<TurnObserver> observers,
            Neighbours neighbours) {
        this(
                log,
                cold,
                pipeline,
                TurnSettings.of(config),
                InstantSource.system(),
                purse,
                observers.stream().toList(),
                neighbours);
    }

    public Turns(RoomLog log, ColdLog cold, Pipeline pipeline, TurnSettings settings, InstantSource clock) {
        this(log, cold, pipeline, settings, clock, Purse.BOTTOMLESS, List.of(), Neighbours.none(() -> "n1"));
    }

    Turns(
            RoomLog log,
            ColdLog cold,
            Pipeline pipeline,
            TurnSettings settings,
            InstantSource clock,
            Purse purse,
            List<TurnObserver> observers,
            Neighbours neighbours) {
        this.places = new Places(settings.maxRunning(), settings.maxWaiting());
        this.log = log;
        this.pipeline = pipeline;
        this.settings = settings;
        this.observers = new Observers(observers);
        this.neighbours = neighbours;
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        this.context = new TurnContext(new AnswerKeeper(log, cold, neighbours.self), settings, clock, executor, purse);
        this.spoken = new SpokenTexts(log, pipeline, context, this.observers);
        this.branches = new RunningBranches(places, log, neighbours);
        this.ends = new EndOrders(branches, spoken, neighbours.others);
        this.resumption = new Resumption(branches, log, pipeline, context, this.observers, neighbours.self);
        this.ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("weir-turns").factory());
        long every = settings.flushEvery().toMillis();
        ticker.scheduleWithFixedDelay(this::tick, every, every, TimeUnit.MILLISECONDS);
        ends.listen();
    }

    /**
     * Starts a turn: when this returns, it is in the room's log and on its way to the database, and the models are being
     * asked.
     *
     * @return what was announced, and where readers of it begin
     * @throws TurnsFull when this node runs as many branches as it may
     * @throws OverBudget when a budget is used up in which one of the answers counts
     * @throws TooFast when the caller has to wait
     */
    public Begun start(TurnOrder order) {
        return start(Ids.next(), order);
    }

    /** Starts a turn as {@link #start(TurnOrder)} does, under an id that no other turn has. */
    public Begun start(String turn, TurnOrder wanted) {
        checkPlace(wanted.organisation(), wanted.answers().size());
        Purse.Routed routed = context.purse().route(wanted);
        TurnOrder order = routed.order();
        Plan plan = pipeline.plan(order.organisation(), order.room());
        RoomHandle room = log.open(order.room());
        AtomicReference<Optional<Rate>> rate = new AtomicReference<>(Optional.empty());
        List<RunningBranch> running = running(order, turn, room, rate);
        running.forEach(branches::add);
        Begun begun;
        try {
            checkPlace(order.organisation(), 0);
            branches.tellOthers(running);
            begun = announce(order, started(order, turn, running, plan), routed.notices(), room)
                    .with(rate.get());
        } catch (RuntimeException e) {
            running.forEach(branches::drop);
            running.forEach(RunningBranch::abandon);
            room.close();
            throw e;
        }
        begun.kept().whenComplete((nothing, failure) -> running.forEach(RunningBranch::kept));
        for (RunningBranch branch : running) {
            branch.announced(plan, begun.after().epoch());
            begin(branch, plan, room);
        }
        return begun;
    }

    private void begin(RunningBranch branch, Plan plan, RoomHandle room) {
        if (!places.enter(branch.organisation(), branch.branch(), () -> branch.start(plan, observers))) {
            room.append(List.of(new Event.Notice(branch.turn(), WAITS)));
            if (branch.ending()) {
                places.release(branch.branch());
            }
        }
    }

    /**
     * A turn that has begun.
     *
     * @param after the cursor after its announcement
     * @param kept done when the database has it, on a thread that may wait; failed when it never will
     * @param rate how fast the caller asks; empty when that is not limited
     */
    public record Begun(
            Event.TurnStarted turn, Cursor after, CompletableFuture<@Nullable Void> kept, Optional<Rate> rate) {

        Begun with(Optional<Rate> other) {
            return new Begun(turn, after, kept, other);
        }
    }

    /**
     * The id of one of a turn's branches.
     *
     * @param number from 0
     */
    public static String branch(String turn, int number) {
        return Ids.of(turn, Integer.toString(number));
    }

    /**
     * Does nothing when so many answers more can be started, or wait for a place, now.
     *
     * @param organisation whose answers they are
     * @throws TurnsFull when this node runs as many as it may
     */
    void checkPlace(String organisation, int more) {
        boolean full = branches.size() + more > settings.maxRunning() + settings.maxWaiting()
                || !places.hasRoom(organisation, more);
        if (!accepting() || log.overloaded() || full) {
            throw new TurnsFull();
        }
    }

    private List<RunningBranch> running(
            TurnOrder order, String turn, RoomHandle room, AtomicReference<Optional<Rate>> rate) {
        List<RunningBranch> running = new ArrayList<>();
        AtomicInteger left = new AtomicInteger(order.answers().size());
        try {
            for (TurnOrder.Answering answering : order.answers()) {
                String id = branch(turn, running.size());
                Spending spending = Spending.admit(context.purse(), order, answering, id);
                running.add(new RunningBranch(
                        context, order, answering, turn, id, room, Before.NOTHING, spending, resumption, it -> {
                            branches.ended(it);
                            if (left.decrementAndGet() == 0) {
                                room.close();
                            }
                        }));
                rate.set(spending.take());
            }
        } catch (RuntimeException e) {
            running.forEach(RunningBranch::abandon);
            room.close();
            throw e;
        }
        return running;
    }

    /**
     * Does nothing when the budgets have room for an answer to this text now.
     *
     * @throws OverBudget when they haven't
     * @throws TooFast when the caller has to wait
     */
    public void checkBudgets(Payer payer, StreamingModel model, String text) {
        context.purse().check(payer, model, text);
    }

    /** Tells a room's members something about a turn. */
    public void tell(String room, String turn, String text) {
        log.append(room, List.of(new Event.Notice(turn, text)));
    }

    private static Event.TurnStarted started(TurnOrder order, String turn, List<RunningBranch> running, Plan plan) {
        List<Event.Branch> announced =
                running.stream().map(RunningBranch::announced).toList();
        return new Event.TurnStarted(turn, order.message(), order.requestedBy(), announced, plan.declared());
    }

    private Begun announce(TurnOrder order, Event.TurnStarted started, List<String> notices, RoomHandle room) {
        String node = neighbours.self.id();
        List<Event> events = new ArrayList<>();
        events.add(started);
        notices.forEach(it -> events.add(new Event.Notice(started.turn(), it)));
        started.branches().forEach(it -> events.add(new Presence(it.model(), Presence.State.THINKING)));
        Instant at = context.clock().instant();
        Cursor place = room.appendNow(events);
        return new Begun(
                started,
                place.plus(1),
                log.keep(order.room(), it -> it.beginAnswers(order.room(), place, at, started, node)),
                Optional.empty());
    }

    /**
     * Has what a person said, which is in the log, translated for the other members of the room. Returns
     * at once; nothing happens when nobody wants it, or nobody translates here.
     *
     * @param organisation of that person
     */
    public void translate(String room, String organisation, Event.Message message) {
        spoken.begin(room, organisation, message);
    }

    /** Stops a turn of a room on whichever node it runs; does nothing when it is not running. */
    public void stop(String room, String turn, String byName) {
        ends.give(new EndOrder(room, turn, Set.of(), Outcome.STOPPED, "Stopped by " + byName + "."));
    }

    /** Ends everything that runs in a room, on all nodes. */
    public void stopAll(String room, String reason) {
        ends.give(new EndOrder(room, "", Set.of(), Outcome.STOPPED, reason));
    }

    /**
     * Ends the answers of a room that are, or that answer, one of these messages, because another takes their place. Waits
     * until their ends are in the log, so that they come before what takes their place.
     *
     * @param messages at least one
     */
    public void supersede(String room, Set<String> messages) {
        ends.giveAndWait(new EndOrder(room, "", messages, Outcome.SUPERSEDED, "Another question took its place."));
    }

    /** Ends everything that runs in a room, on all nodes, and waits until the ends are in the log. */
    public void endAll(String room, String reason) {
        ends.giveAndWait(new EndOrder(room, "", Set.of(), Outcome.STOPPED, reason));
    }

    /** True while a branch is being written on this node; no longer when anybody may know its end. */
    public boolean isRunning(String branch) {
        return branches.find(branch).filter(it -> !it.told()).isPresent();
    }

    /**
     * The turn of an answer that is written on this node, or waits for a place on it.
     *
     * @param answer the id of its branch, or the one under which it is in the ledger
     */
    public Optional<String> turnOf(String answer) {
        int end = answer.indexOf('/');
        return branches.find(end < 0 ? answer : answer.substring(0, end)).map(RunningBranch::turn);
    }

    /** False once this node is stopping, and while it is drained. */
    public boolean accepting() {
        return accepting && !drained;
    }

    /** Has this node take no more turns, or take them again. Those that run go on. */
    public void drain(boolean on) {
        drained = on;
    }

    /** Another node has come: it is told what runs here. */
    void tellOthers() {
        branches.tellOthers();
    }

    /** Goes on with an answer that another node has begun; begins it again where its model can't go on after a beginning. */
    void goOn(AnswerUnderWay answer, StreamingModel model, SoFar found) {
        resumption.goOn(answer, model, found);
    }

    /** Ends an answer with which nobody can go on. */
    void cut(AnswerUnderWay answer, SoFar soFar) {
        resumption.cut(answer, soFar);
    }

    /** Bills an answer that has ended, when the database has no bill of it; completes when it has. */
    CompletionStage<?> bill(AnswerUnderWay answer, Event.Answer ended) {
        return resumption.bill(answer, ended);
    }

    /** The branches that run on this node, or wait for a place on it. */
    Set<String> branches() {
        return branches.ids();
    }

    /**
     * Stops writing an answer with which another node is to go on; waits until nothing more of it is written here.
     *
     * @return false when it has ended
     */
    boolean giveAway(String branch) {
        Optional<RunningBranch> running = branches.find(branch).filter(it -> !it.ending());
        running.ifPresent(branches::leave);
        branches.awaitEnds(it -> running.filter(it::equals).isPresent(), RunningBranches.PATIENCE);
        return running.isPresent();
    }

    /** The most branches that may run on this node. */
    public int limit() {
        return settings.maxRunning();
    }

    /** How many branches run on this node, or wait for a place on it. */
    public int running() {
        return branches.size();
    }

    /** How many of them wait for a place. */
    public int waiting() {
        return places.waiting();
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
        List<RunningBranch> running = branches.all();
        running.forEach(it -> check(it, now));
        if (!context.cold()
                .save(running.stream().flatMap(it -> it.unsaved().stream()).toList())) {
            running.forEach(RunningBranch::saveAgain);
        }
    }

    private void check(RunningBranch branch, Instant now) {
        if (!places.isWaiting(branch.branch())) {
            branch.check(now);
        } else if (branch.since().plus(settings.maxWait()).isBefore(now)) {
            branches.end(branch, Outcome.FAILED, NO_PLACE);
        }
    }

    /**
     * Takes no more turns. Lets those that run come to their end for so long; then other nodes go on with them, or, where
     * there are none, they end as interrupted. Waits for the ends, and until the database has them, for as long again.
     *
     * @param others whether there are other nodes
     */
    public void shutDown(Duration grace, boolean others) {
        accepting = false;
        if (others) {
            branches.awaitEnds(it -> true, grace);
            abandon();
        } else {
            branches.end(
                    it -> true,
                    Outcome.INTERRUPTED,
                    "The server was stopped while this answer was being written. You can continue it.");
        }
        spoken.stop(room -> true);
        branches.awaitEnds(it -> true, grace);
        RunningBranches.await(() -> log.unkept() == 0 && spoken.idle(), grace);
        ticker.shutdownNow();
        context.executor().shutdownNow();
    }

    /** Stops writing everything that runs here, for other nodes go on with it. Returns at once. */
    void abandon() {
        branches.all().forEach(branches::leave);
        spoken.stop(room -> true);
    }
}
