package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Event.Presence;
import dev.weir.event.Event.Verdict;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import dev.weir.log.ColdLog;
import dev.weir.log.RoomHandle;
import dev.weir.log.RoomHandle.SoFar;
import dev.weir.model.Finish;
import dev.weir.model.ModelFailure;
import dev.weir.model.StreamingModel;
import dev.weir.pipeline.Chain;
import dev.weir.pipeline.InterceptorFailure;
import dev.weir.pipeline.Plan;
import dev.weir.pipeline.PolicyUnknown;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer in the making. Deltas come from the model's thread, pass the pipeline and go to the writer. It ends once,
 * by whatever comes first; the end closes the connection to the model, lets the pipeline release what it may, folds the
 * text into one message and appends the terminal event. Thread-safe.
 */
final class RunningBranch extends OrderedBranch implements StreamingModel.Listener, Spending.Spender {

    private static final Logger LOG = LoggerFactory.getLogger(RunningBranch.class);

    private static final String CHECK_FAILED =
            "A check of this installation failed, so the answer was ended here. Please tell your administrator.";
    private static final String POLICY_UNKNOWN =
            "Which checks apply here could not be read, so the question was not sent. Please try again later.";
    private static final String LOG_FAILED =
            "The room could not take the answer any more, so it was ended here. You can continue it.";

    private final TurnContext context;
    private final BooleanSupplier here;
    private final BranchWriter writer;
    private final Pace pace;
    private final Consumer<RunningBranch> onEnd;

    /** Held while the pipeline works, so that a stop from another thread waits for the delta under way. */
    private final ReentrantLock pipelineLock = new ReentrantLock();

    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final AtomicBoolean finishing = new AtomicBoolean();
    private volatile @Nullable Chain pipeline;
    private StreamingModel.@Nullable Prompt prompt;
    private volatile StreamingModel.@Nullable Upstream upstream;
    private volatile long outputTokens;

    /** What stages have used of models of their own. */
    private final SideUse side;

    private volatile boolean sealed;

    /** The stages were told the end; guarded by the lock. */
    private boolean closed;

    /** Done when the branch ends by somebody's will and not by the model's. */
    private final CompletableFuture<@Nullable Void> givenUp = new CompletableFuture<>();

    private volatile boolean begun;
    private volatile boolean asked;
    private volatile boolean told;
    private volatile boolean kept;
    private volatile List<Event.ToolCall> toolCalls = List.of();
    private volatile @Nullable ModelFailure failure;
    private BranchObserver observer = BranchObserver.NONE;
    private volatile TurnObserver observers = started -> BranchObserver.NONE;
    private final Spending spending;
    private final Heirs heirs;
    private volatile @Nullable Consumer<Usage> heir;
    private int attempts;

    /** What a stage decided about the text that it still held when the branch ended. */
    private volatile @Nullable End overruled;

    /** The branch goes on at another node: nothing of its end is told here. */
    private volatile boolean leaving;

    /** Has other models go on with answers. */
    interface Heirs {

        /** False when that model can't. */
        boolean goOnWith(RunningBranch branch, String model, String notice);
    }

    /** Why and how the branch ends. */
    private record End(Outcome outcome, String reason, Optional<Finish> finish) {}

    RunningBranch(
            TurnContext context,
            TurnOrder order,
            TurnOrder.Answering answering,
            String turn,
            String id,
            RoomHandle room,
            Before before,
            Spending spending,
            Heirs heirs,
            Consumer<RunningBranch> onEnd) {
        super(order, answering, turn, id, before);
        this.context = context;
        this.onEnd = onEnd;
        this.here = context.cold().stillHere();
        this.writer = new BranchWriter(turn, id, room, here);
        this.pace = new Pace(context.clock().instant());
        this.spending = spending;
        this.heirs = heirs;
        this.side = new SideUse(
                SideUse.Books.of(context.purse().ledger(), () -> observers, Purse.payer(order, answering.model())));
    }

    /**
     * Opens the pipeline and asks the model; never throws. Called once, when the turn is in the log: an end that came before
     * waits for it.
     */
    void start(Plan plan, TurnObserver all) {
        observers = all;
        observer = all.started(new StartedBranch(
                room(), turn, id, order.message(), spec(), order.requestedBy(), order.organisation(), pace.started()));
        open(plan);
        spending.begin(this);
        begun = true;
        End already = end.get();
        if (already == null) {
            Chain chain = pipeline;
            if (chain != null && chain.promptWaits()) {
                context.execute(this::firstAsk);
            } else {
                firstAsk();
            }
        } else {
            finishOnce(already);
        }
    }

    /** It was told of in an epoch of the room's log. */
    void announced(Plan plan, long epoch) {
        writer.began(beginning(plan), epoch);
    }

    /** What tells readers of this branch alone. */
    Beginning beginning(Plan plan) {
        return new Beginning(new Event.TurnStarted(
                turn, order.message(), order.requestedBy(), List.of(announced()), plan.declared()));
    }

    private void open(Plan plan) {
        try {
            if (before.told()) {
                writer.goOnAfter(answering.textBefore(), before.variants());
            } else if (!answering.textBefore().isEmpty()) {
                writer.text(answering.textBefore());
            }
            pipeline = plan.open(this, new Sink());
        } catch (PolicyUnknown e) {
            LOG.error("Turn {}: nobody can say which interceptors it has to pass, so it does not run", turn, e);
            end(failed(POLICY_UNKNOWN));
        } catch (InterceptorFailure e) {
            LOG.error("Turn {}: interceptor {} cannot run, so the turn does not", turn, e.interceptor(), e);
            end(failed("A check of this installation (" + e.interceptor() + ") could not run, so the"
                    + " question was not sent. Please tell your administrator."));
        } catch (RuntimeException e) {
            LOG.error("Turn {}: branch {} could not be begun", turn, id, e);
            end(failed(LOG_FAILED));
        }
    }

    private void firstAsk() {
        pipelineLock.lock();
        try {
            Chain chain = pipeline;
            if (end.get() == null && chain != null) {
                prompt = PromptLines.through(chain, answering.prompt());
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("Turn {}: the pipeline failed at the prompt, which is not sent", turn, e);
            end(failed(CHECK_FAILED));
        } finally {
            pipelineLock.unlock();
        }
        ask();
    }

    private void ask() {
        StreamingModel.Prompt sent = prompt;
        if (end.get() != null || sent == null) {
            return;
        }
        pace.wait(context.clock().instant());
        attempts++;
        asked = true;
        try {
            StreamingModel.Upstream answer = answering.model().ask(sent, this);
            upstream = answer;
            if (end.get() != null) {
                answer.cancel();
            }
        } catch (RuntimeException e) {
            LOG.error("Turn {}: model {} could not be asked", turn, model(), e);
            end(failed(spec().label() + " could not be asked. Please tell your administrator."));
        }
    }

    @Override
    public void delta(String text) {
        pipelineLock.lock();
        try {
            Chain chain = pipeline;
            if (end.get() == null && chain != null) {
                heardText();
                pass(chain, text);
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            pipelineFailed(e);
        } finally {
            pipelineLock.unlock();
        }
    }

    private void pass(Chain chain, String text) {
        int until = spending.until(text);
        if (until > 0) {
            chain.delta(text.substring(0, until));
        }
        if (until < text.length() && end.get() == null) {
            spending.sentenceEnded();
            if (end.get() == null) {
                chain.delta(text.substring(until));
            }
        }
    }

    @Override
    public void heard() {
        pace.wait(context.clock().instant());
    }

    private void heardText() {
        if (pace.heard(context.clock().instant())) {
            writer.events(List.of(presence(Presence.State.GENERATING)));
            observer.firstDelta(pace.untilFirst().toNanos());
        }
    }

    private void pipelineFailed(Throwable e) {
        LOG.error("Turn {}: the pipeline failed, nothing more is released", turn, e);
        sealed = true;
        end(failed(writer.failed() ? LOG_FAILED : CHECK_FAILED));
    }

    private static End failed(String reason) {
        return new End(Outcome.FAILED, reason, Optional.empty());
    }

    @Override
    public void toolCalls(List<Event.ToolCall> calls) {
        pipelineLock.lock();
        try {
            Chain chain = pipeline;
            if (end.get() == null && chain != null) {
                toolCalls = calls.stream().map(chain::toolCall).toList();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            pipelineFailed(e);
        } finally {
            pipelineLock.unlock();
        }
    }

    @Override
    public void finished(Finish finish) {
        Optional<Finish> told = Optional.of(finish);
        end(
                switch (finish.reason()) {
                    case STOP, OTHER -> new End(Outcome.COMPLETE, emptyRemark(), told);
                    case LENGTH -> new End(Outcome.COMPLETE, Event.Answer.AT_ITS_LENGTH, told);
                    case CONTENT_FILTER ->
                        new End(
                                Outcome.BLOCKED,
                                "The model's provider ended the answer by its own content rules.",
                                told);
                });
    }

    private String emptyRemark() {
        return pace.begun() || !toolCalls.isEmpty() ? "" : "The model gave an empty answer.";
    }

    @Override
    public void failed(ModelFailure why) {
        LOG.warn("Turn {}: model {} failed: {} ({})", turn, model(), why.kind(), why.detail());
        if (!pace.begun() && Metering.isRefusal(why.kind())) {
            asked = false;
        }
        Optional<Duration> wait = retryWait(why);
        if (wait.isEmpty()) {
            failure = why;
            end(failed(why.message()));
            return;
        }
        tellOf(wait.get());
        observer.retry(why.kind(), wait.get());
        pace.wait(context.clock().instant().plus(wait.get()));
        context.after(wait.get(), this::ask);
    }

    private void tellOf(Duration wait) {
        long seconds = Math.max(1, wait.toSeconds());
        String text = spec().label() + " is busy. Trying again in " + seconds + " s.";
        pipelineLock.lock();
        try {
            if (end.get() == null) {
                writer.events(List.of(new Event.Notice(turn, text)));
            }
        } finally {
            pipelineLock.unlock();
        }
    }

    private StreamingModel.Prompt sent() {
        StreamingModel.Prompt sent = prompt;
        return sent == null ? answering.prompt() : sent;
    }

    private Optional<Duration> retryWait(ModelFailure why) {
        boolean busy = why.kind() == ModelFailure.Kind.RATE_LIMITED;
        if (!busy || pace.begun() || attempts > context.settings().retries()) {
            return Optional.empty();
        }
        Duration wait = why.retryAfter().orElse(Duration.ofSeconds(1L << Math.min(attempts - 1, 4)));
        return wait.compareTo(context.settings().maxRetryWait()) > 0 ? Optional.empty() : Optional.of(wait);
    }

    /** Ends the branch from outside; does nothing when it has ended. */
    void stop(Outcome outcome, String reason) {
        end(new End(outcome, reason, Optional.empty()));
    }

    /** When it was asked for. */
    Instant since() {
        return pace.started();
    }

    /** Ends a branch that has been silent or running for too long. */
    void check(Instant now) {
        Duration idle = spec().idleTimeout().plusSeconds(5);
        if (pace.lastHeard().plus(idle).isBefore(now)) {
            stop(Outcome.FAILED, spec().label() + " stopped sending. You can continue the answer or ask again.");
        } else if (pace.started().plus(context.settings().maxDuration()).isBefore(now)) {
            stop(Outcome.FAILED, "The answer took longer than is allowed here. You can continue it.");
        }
    }

    /** Returns false when it has ended already; what its stages still wait for is then no longer waited for. */
    private boolean end(End how) {
        boolean first = end.compareAndSet(null, how);
        if (how.outcome() != Outcome.COMPLETE) {
            cancelStages();
        }
        if (!first) {
            return false;
        }
        switch (how.outcome()) {
            case STOPPED, BLOCKED, SUPERSEDED, INTERRUPTED -> givenUp.complete(null);
            case COMPLETE, FAILED, OVER_BUDGET -> {}
        }
        StreamingModel.Upstream answer = upstream;
        if (answer != null) {
            answer.cancel();
        }
        if (begun) {
            finishOnce(how);
        }
        return true;
    }

    private void cancelStages() {
        Chain chain = pipeline;
        if (chain != null) {
            chain.cancel();
        }
    }

    private void finishOnce(End how) {
        if (finishing.compareAndSet(false, true)) {
            context.execute(() -> finish(how));
        }
    }

    /** Stops writing, so that another node can go on; what the stages hold is written again there. */
    void leave() {
        leaving = true;
        sealed = true;
        stop(Outcome.INTERRUPTED, "It goes on at another node.");
    }

    /** Whether another node goes on. */
    boolean isLeft() {
        return leaving || !here.getAsBoolean();
    }

    private void finish(End first) {
        try {
            releaseHeld(first);
            if (isLeft()) {
                writer.last(List.of());
                Usage own = own(first);
                Event.Answer soFar = ending(first, withOthers(own)).answer();
                observer.ended(new BranchObserver.Ended(soFar, own, Optional.empty(), Optional.empty()));
                bequeath(own);
                return;
            }
            End decided = overruled;
            End how = decided == null ? first : decided;
            keep(how, own(how));
        } finally {
            spending.abandon();
            side.settle();
            onEnd.accept(this);
        }
    }

    /** Completes when the database has its bill; at once when it has not ended. */
    CompletionStage<?> billed() {
        return spending.billed();
    }

    /** Gives up what never began. */
    void abandon() {
        spending.abandon();
    }

    /** Another node or another model goes on. */
    private void bequeath(Usage own) {
        Consumer<Usage> next = heir;
        if (next == null) {
            spending.leave();
        } else {
            spending.settle(own, Outcome.OVER_BUDGET);
            side.settle();
            next.accept(own);
        }
    }

    private void keep(End how, Usage own) {
        Ending ending = ending(how, withOthers(own));
        spending.settle(own, how.outcome());
        side.settle();
        try {
            context.cold().finish(room(), ending.message());
            told = true;
            if (!writer.last(ending.events())) {
                LOG.error("Turn {}: the end of branch {} could not be written to the room's log", turn, id);
            }
            LOG.info("{}", ending);
        } finally {
            observer.ended(new BranchObserver.Ended(
                    ending.answer(),
                    own,
                    how.finish().map(Finish::reason),
                    Optional.ofNullable(failure).map(ModelFailure::kind)));
        }
    }

    /** What was used of the answer's own model, on all nodes. */
    private Usage own(End how) {
        return Metering.usage(
                        spending.price(),
                        how.finish().flatMap(Finish::usage),
                        asked ? sent().lines() : List.of(),
                        outputTokens)
                .plus(before.used());
    }

    /** As members are told: with the price of other models beside it. */
    private Usage withOthers(Usage own) {
        return own.costingMore(side.micros());
    }

    private Ending ending(End how, Usage usage) {
        Event.Answer answer = new Event.Answer(
                turn,
                order.message(),
                model(),
                how.outcome(),
                how.reason(),
                usage,
                pace.timing(context.clock().instant()),
                how.outcome() == Outcome.COMPLETE ? toolCalls : List.of());
        return new Ending(room(), announced(), answer, writer.wholeText(), writer.wholeVariants());
    }

    /** Lets every stage release or redact what it holds, except after a block or a failure of the pipeline itself. */
    private void releaseHeld(End how) {
        pipelineLock.lock();
        try {
            Chain chain = pipeline;
            closed = true;
            if (chain != null && !sealed) {
                chain.end();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("Turn {}: the pipeline failed at the end; what it held is not released", turn, e);
            sealed = true;
            cancelStages();
            if (how.outcome() == Outcome.COMPLETE) {
                overruled = new End(Outcome.FAILED, writer.failed() ? LOG_FAILED : CHECK_FAILED, how.finish());
            }
        } finally {
            close();
            pipelineLock.unlock();
        }
    }

    private void close() {
        Chain chain = pipeline;
        if (chain != null) {
            chain.closed();
        }
    }

    /** The database has a row for this branch. */
    void kept() {
        kept = true;
    }

    /** The text that came since the last call, for the database; none while it has no row for it. */
    Optional<ColdLog.LiveText> unsaved() {
        return kept && here.getAsBoolean() ? written() : Optional.empty();
    }

    private Optional<ColdLog.LiveText> written() {
        return writer.unsaved().map(it -> new ColdLog.LiveText(id, it.through(), it.text(), it.variants()));
    }

    /** True from the moment on from which a reader may know that it has ended. */
    boolean told() {
        return told;
    }

    void saveAgain() {
        writer.saveAgain();
    }

    @Override
    public void verdict(String interceptor, Verdict.Decision decision, String rule) {
        writer.events(List.of(new Verdict(turn, id, interceptor, decision, rule)));
        observer.verdict(interceptor, decision, rule);
    }

    @Override
    public void block(String interceptor, String rule, String reason) {
        sealed = true;
        cancelStages();
        End blocked = new End(Outcome.BLOCKED, reason, Optional.empty());
        End already = end.get();
        if (already == null ? !end(blocked) : already.outcome() != Outcome.BLOCKED) {
            overruled = blocked;
        }
    }

    @Override
    public void withdraw(String interceptor, int kept, String rule, String reason) {
        sealed = true;
        writer.cut(kept, rule);
        block(interceptor, rule, reason);
    }

    @Override
    public int shown() {
        return writer.length();
    }

    @Override
    public boolean await(CompletionStage<?> what, Duration atMost) {
        pace.wait(context.clock().instant().plus(atMost));
        boolean there = Waiting.either(what.toCompletableFuture(), givenUp, atMost) && !givenUp.isDone();
        pace.wait(context.clock().instant());
        return there;
    }

    @Override
    public void step(Runnable step) {
        pipelineLock.lock();
        try {
            if (!closed && !sealed) {
                step.run();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            pipelineFailed(e);
        } finally {
            pipelineLock.unlock();
        }
    }

    @Override
    public boolean ending() {
        return end.get() != null;
    }

    @Override
    public boolean sealed() {
        return sealed;
    }

    @Override
    public void outputTokens(long tokens) {
        outputTokens = tokens;
        spending.tokens(tokens);
    }

    @Override
    public void notice(String text) {
        if (pipelineLock.isHeldByCurrentThread()) {
            write(text);
        } else {
            context.execute(() -> step(() -> write(text)));
        }
    }

    private void write(String notice) {
        if (end.get() == null) {
            writer.events(List.of(new Event.Notice(turn, notice)));
        }
    }

    @Override
    public void overBudget(String reason) {
        stop(Outcome.OVER_BUDGET, reason);
    }

    @Override
    public boolean goOnWith(String model, String notice) {
        return heirs.goOnWith(this, model, notice);
    }

    /** Stops writing, so that another model can go on with what is there; told what was used, on another thread. */
    void leaveTo(Consumer<Usage> next) {
        heir = next;
        leave();
    }

    SoFar soFar() {
        return new SoFar(writer.wholeText(), writer.wholeVariants(), true);
    }

    AnswerUnderWay underWay(String node) {
        return underWay(node, spending.billing());
    }

    @Override
    public void variant(String language, int from, int to, String text, boolean original) {
        Chain chain = pipeline;
        if (!sealed && to > before.variants().until(language) && chain != null) {
            if (!text.isEmpty()) {
                chain.variant(language, text);
            }
            writer.variant(new Event.Variant(turn, id, language, from, to, text, original));
        }
    }

    @Override
    public void spent(String model, Usage usage) {
        side.add(model, usage);
    }

    /** The end of the chain: what arrives here is let through. */
    private final class Sink implements Stage {
        @Override
        public void delta(String text) {
            if (!sealed) {
                writer.text(text);
                observer.delta(text.length(), outputTokens);
            }
        }

        @Override
        public void end() {
            // what remains to be done happens when the branch ends
        }
    }
}
