package dev.weir.turn;

import dev.weir.event.Event;
import dev.weir.event.Event.Presence;
import dev.weir.event.Event.Verdict;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.log.ColdLog;
import dev.weir.log.RoomHandle;
import dev.weir.model.Finish;
import dev.weir.model.ModelFailure;
import dev.weir.model.ModelSpec;
import dev.weir.model.StreamingModel;
import dev.weir.pipeline.Branch;
import dev.weir.pipeline.InterceptorFailure;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Stage;
import dev.weir.pipeline.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer in the making. Deltas come from the model's thread, pass the pipeline and go to the writer. It ends once,
 * by whatever comes first; the end closes the connection to the model, lets the pipeline release what it may, folds the
 * text into one message and appends the terminal event. Thread-safe.
 */
final class RunningBranch implements Branch, StreamingModel.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(RunningBranch.class);

    private static final String CHECK_FAILED =
            "A check of this installation failed, so the answer was ended here. Please tell your administrator.";
    private static final String LOG_FAILED =
            "The room could not take the answer any more, so it was ended here. You can continue it.";

    /** A provider that reports more has made a mistake, and our own count is used. */
    private static final long MOST_TOKENS = 1_000_000_000;

    private final TurnContext context;
    private final TurnOrder order;
    private final TurnOrder.Answering answering;
    private final String turn;
    private final String id;
    private final BranchWriter writer;
    private final Instant started;
    private final Runnable onEnd;

    /** Held while the pipeline works, so that a stop from another thread waits for the delta under way. */
    private final ReentrantLock pipelineLock = new ReentrantLock();

    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final AtomicBoolean finishing = new AtomicBoolean();
    private @Nullable Stage pipeline;
    private volatile StreamingModel.@Nullable Upstream upstream;
    private volatile Instant lastHeard;
    private volatile @Nullable Instant firstDelta;
    private volatile long outputTokens;
    private volatile boolean sealed;
    private volatile boolean begun;
    private volatile boolean asked;
    private volatile List<Event.ToolCall> toolCalls = List.of();
    private int attempts;

    /** What a stage decided about the text that it still held when the branch ended. */
    private volatile @Nullable End overruled;

    /** Why and how the branch ends. */
    private record End(Outcome outcome, String reason, Optional<Finish.ReportedUsage> usage) {}

    RunningBranch(
            TurnContext context,
            TurnOrder order,
            TurnOrder.Answering answering,
            String turn,
            String id,
            RoomHandle room,
            Runnable onEnd) {
        this.context = context;
        this.order = order;
        this.answering = answering;
        this.turn = turn;
        this.id = id;
        this.onEnd = onEnd;
        this.writer = new BranchWriter(turn, id, room);
        this.started = context.clock().instant();
        this.lastHeard = started;
    }

    /**
     * Opens the pipeline and asks the model; never throws. Called once, when the turn is in the log and in the database: an
     * end that came before waits for it.
     */
    void start(Pipeline all) {
        open(all);
        begun = true;
        End already = end.get();
        if (already == null) {
            ask();
        } else {
            finishOnce(already);
        }
    }

    private void open(Pipeline all) {
        try {
            if (!answering.textBefore().isEmpty()) {
                writer.text(answering.textBefore());
            }
            pipeline = all.open(this, new Sink());
        } catch (InterceptorFailure e) {
            LOG.error("Turn {}: interceptor {} cannot run, so the turn does not", turn, e.interceptor(), e);
            end(failed("A check of this installation (" + e.interceptor() + ") could not run, so the"
                    + " question was not sent. Please tell your administrator."));
        } catch (RuntimeException e) {
            LOG.error("Turn {}: branch {} could not be begun", turn, id, e);
            end(failed(LOG_FAILED));
        }
    }

    private void ask() {
        if (end.get() != null) {
            return;
        }
        lastHeard = context.clock().instant();
        attempts++;
        asked = true;
        try {
            StreamingModel.Upstream answer = answering.model().ask(answering.prompt(), this);
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
            Stage first = pipeline;
            if (end.get() == null && first != null) {
                heardText();
                first.delta(text);
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            pipelineFailed(e);
        } finally {
            pipelineLock.unlock();
        }
    }

    @Override
    public void heard() {
        lastHeard = context.clock().instant();
    }

    private void heardText() {
        Instant now = context.clock().instant();
        lastHeard = now;
        if (firstDelta == null) {
            firstDelta = now;
            writer.events(List.of(presence(Presence.State.GENERATING)));
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
        toolCalls = List.copyOf(calls);
    }

    @Override
    public void finished(Finish finish) {
        end(
                switch (finish.reason()) {
                    case STOP, OTHER -> new End(Outcome.COMPLETE, emptyRemark(), finish.usage());
                    case LENGTH -> new End(Outcome.COMPLETE, Event.Answer.AT_ITS_LENGTH, finish.usage());
                    case CONTENT_FILTER ->
                        new End(
                                Outcome.BLOCKED,
                                "The model's provider ended the answer by its own content rules.",
                                finish.usage());
                });
    }

    private String emptyRemark() {
        return firstDelta == null && toolCalls.isEmpty() ? "The model gave an empty answer." : "";
    }

    @Override
    public void failed(ModelFailure failure) {
        LOG.warn("Turn {}: model {} failed: {} ({})", turn, model(), failure.kind(), failure.detail());
        Optional<Duration> wait = retryWait(failure);
        if (wait.isEmpty()) {
            end(failed(failure.message()));
            return;
        }
        tellOf(wait.get());
        lastHeard = context.clock().instant().plus(wait.get());
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

    private Optional<Duration> retryWait(ModelFailure failure) {
        boolean busy = failure.kind() == ModelFailure.Kind.RATE_LIMITED;
        if (!busy || firstDelta != null || attempts > context.settings().retries()) {
            return Optional.empty();
        }
        Duration wait = failure.retryAfter().orElse(Duration.ofSeconds(1L << Math.min(attempts - 1, 4)));
        return wait.compareTo(context.settings().maxRetryWait()) > 0 ? Optional.empty() : Optional.of(wait);
    }

    /** Ends the branch from outside; does nothing when it has ended. */
    void stop(Outcome outcome, String reason) {
        end(new End(outcome, reason, Optional.empty()));
    }

    /** Ends a branch that has been silent or running for too long. */
    void check(Instant now) {
        Duration idle = spec().idleTimeout().plusSeconds(5);
        if (lastHeard.plus(idle).isBefore(now)) {
            stop(Outcome.FAILED, spec().label() + " stopped sending. You can continue the answer or ask again.");
        } else if (started.plus(context.settings().maxDuration()).isBefore(now)) {
            stop(Outcome.FAILED, "The answer took longer than is allowed here. You can continue it.");
        }
    }

    /** Returns false when it has ended already. */
    private boolean end(End how) {
        if (!end.compareAndSet(null, how)) {
            return false;
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

    private void finishOnce(End how) {
        if (finishing.compareAndSet(false, true)) {
            context.execute(() -> finish(how));
        }
    }

    private void finish(End first) {
        try {
            releaseHeld(first);
            End decided = overruled;
            End how = decided == null ? first : decided;
            Event.Message message = message(how);
            context.cold().finish(room(), message);
            if (!writer.last(terminal(how, message))) {
                LOG.error("Turn {}: the end of branch {} could not be written to the room's log", turn, id);
            }
            logEnd(message);
        } finally {
            onEnd.run();
        }
    }

    /** Lets every stage release or redact what it holds, except after a block or a failure of the pipeline itself. */
    private void releaseHeld(End how) {
        pipelineLock.lock();
        try {
            Stage first = pipeline;
            if (first != null && !sealed) {
                first.end();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("Turn {}: the pipeline failed at the end; what it held is not released", turn, e);
            sealed = true;
            if (how.outcome() == Outcome.COMPLETE) {
                overruled = new End(Outcome.FAILED, writer.failed() ? LOG_FAILED : CHECK_FAILED, how.usage());
            }
        } finally {
            pipelineLock.unlock();
        }
    }

    private Event.Message message(End how) {
        Event.Answer answer = new Event.Answer(
                turn,
                order.message(),
                model(),
                how.outcome(),
                how.reason(),
                usage(how.usage()),
                timing(),
                how.outcome() == Outcome.COMPLETE ? toolCalls : List.of());
        ModelSpec spec = spec();
        return new Event.Message(
                id,
                Member.model(spec.name(), spec.label()),
                writer.wholeText(),
                answering.replaces(),
                Optional.of(answer));
    }

    private List<Event> terminal(End how, Event.Message message) {
        Event.Answer answer = message.answer().orElseThrow();
        List<Event> events = new ArrayList<>();
        if (how.outcome() != Outcome.SUPERSEDED) {
            events.add(message);
        }
        events.add(new Event.TurnEnded(turn, id, how.outcome(), how.reason(), answer.usage(), answer.timing()));
        events.add(presence(Presence.State.IDLE));
        return events;
    }

    private Usage usage(Optional<Finish.ReportedUsage> told) {
        Optional<Finish.ReportedUsage> reported = told.filter(RunningBranch::isCredible);
        long input = reported.map(Finish.ReportedUsage::inputTokens).orElseGet(this::inputTokens);
        long output = reported.map(Finish.ReportedUsage::outputTokens).orElse(outputTokens);
        return new Usage(input, output, spec().price().micros(input, output), reported.isEmpty());
    }

    private static boolean isCredible(Finish.ReportedUsage usage) {
        return Math.min(usage.inputTokens(), usage.outputTokens()) >= 0
                && Math.max(usage.inputTokens(), usage.outputTokens()) <= MOST_TOKENS;
    }

    /** The prompt's tokens by our own count, each line with the few tokens that mark its role. */
    private long inputTokens() {
        return asked
                ? answering.prompt().lines().stream()
                        .mapToLong(it -> Tokens.count(it.text()) + 4L)
                        .sum()
                : 0;
    }

    private Timing timing() {
        Instant first = firstDelta;
        Instant now = context.clock().instant();
        return new Timing(
                first == null ? -1 : Duration.between(started, first).toMillis(),
                Duration.between(started, now).toMillis());
    }

    private void logEnd(Event.Message message) {
        Event.Answer answer = message.answer().orElseThrow();
        LOG.info(
                "Turn {} of room {}: {} by {}, {} input and {} output tokens, first delta after {} ms, {} ms in all",
                turn,
                room(),
                answer.outcome().word(),
                model(),
                answer.usage().inputTokens(),
                answer.usage().outputTokens(),
                answer.timing().firstDeltaMillis(),
                answer.timing().durationMillis());
    }

    private Event presence(Presence.State state) {
        return new Presence(Member.model(spec().name(), spec().label()), state);
    }

    /** The text that came since the last call, for the database. */
    Optional<ColdLog.LiveText> unsaved() {
        return writer.unsaved().map(it -> new ColdLog.LiveText(id, it.through(), it.text()));
    }

    Event.Branch announced() {
        return order.branch(id, answering);
    }

    void saveAgain() {
        writer.saveAgain();
    }

    String requestOf() {
        return order.message();
    }

    private ModelSpec spec() {
        return answering.model().spec();
    }

    @Override
    public String room() {
        return order.room();
    }

    @Override
    public String turn() {
        return turn;
    }

    @Override
    public String branch() {
        return id;
    }

    @Override
    public String model() {
        return spec().name();
    }

    @Override
    public String textBefore() {
        return answering.textBefore();
    }

    @Override
    public void verdict(String interceptor, Verdict.Decision decision, String rule) {
        writer.events(List.of(new Verdict(turn, id, interceptor, decision, rule)));
    }

    @Override
    public void block(String interceptor, String rule, String reason) {
        sealed = true;
        End blocked = new End(Outcome.BLOCKED, reason, Optional.empty());
        End already = end.get();
        if (already == null ? !end(blocked) : already.outcome() != Outcome.BLOCKED) {
            overruled = blocked;
        }
    }

    @Override
    public void outputTokens(long tokens) {
        outputTokens = tokens;
    }

    /** The end of the chain: what arrives here is let through. */
    private final class Sink implements Stage {
        @Override
        public void delta(String text) {
            if (!sealed) {
                writer.text(text);
            }
        }

        @Override
        public void end() {
            // what remains to be done happens when the branch ends
        }
    }
}
