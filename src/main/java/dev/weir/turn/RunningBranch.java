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
    private @Nullable Stage pipeline;
    private volatile StreamingModel.@Nullable Upstream upstream;
    private volatile Instant lastHeard;
    private volatile @Nullable Instant firstDelta;
    private volatile long outputTokens;
    private volatile boolean sealed;
    private int attempts;

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

    /** Opens the pipeline and asks the model; never throws. */
    void start(Pipeline all) {
        try {
            pipeline = all.open(this, new Sink());
        } catch (InterceptorFailure e) {
            LOG.error("Turn {}: interceptor {} cannot run, so the turn does not", turn, e.interceptor(), e);
            end(new End(
                    Outcome.FAILED,
                    "A check of this installation (" + e.interceptor() + ") could not run, so the"
                            + " question was not sent. Please tell your administrator.",
                    Optional.empty()));
            return;
        }
        if (!answering.textBefore().isEmpty()) {
            writer.text(answering.textBefore());
        }
        ask();
    }

    private void ask() {
        if (end.get() != null) {
            return;
        }
        lastHeard = context.clock().instant();
        attempts++;
        StreamingModel.Upstream asked = answering.model().ask(answering.prompt(), this);
        upstream = asked;
        if (end.get() != null) {
            asked.cancel();
        }
    }

    @Override
    public void delta(String text) {
        lastHeard = context.clock().instant();
        if (firstDelta == null) {
            firstDelta = lastHeard;
            writer.events(List.of(presence(Presence.State.GENERATING)));
        }
        pipelineLock.lock();
        try {
            Stage first = pipeline;
            if (end.get() == null && first != null) {
                first.delta(text);
            }
        } catch (RuntimeException e) {
            pipelineFailed(e);
        } finally {
            pipelineLock.unlock();
        }
    }

    private void pipelineFailed(RuntimeException e) {
        LOG.error("Turn {}: the pipeline failed, nothing more is released", turn, e);
        sealed = true;
        end(new End(
                Outcome.FAILED,
                "A check of this installation failed, so the answer was ended here. Please tell your"
                        + " administrator.",
                Optional.empty()));
    }

    @Override
    public void finished(Finish finish) {
        end(
                switch (finish.reason()) {
                    case STOP, OTHER -> new End(Outcome.COMPLETE, emptyRemark(), finish.usage());
                    case LENGTH ->
                        new End(
                                Outcome.COMPLETE,
                                "The model reached its length limit. You can continue the answer.",
                                finish.usage());
                    case CONTENT_FILTER ->
                        new End(
                                Outcome.BLOCKED,
                                "The model's provider ended the answer by its own content rules.",
                                finish.usage());
                });
    }

    private String emptyRemark() {
        return firstDelta == null ? "The model gave an empty answer." : "";
    }

    @Override
    public void failed(ModelFailure failure) {
        LOG.warn("Turn {}: model {} failed: {} ({})", turn, model(), failure.kind(), failure.detail());
        Optional<Duration> wait = retryWait(failure);
        if (wait.isEmpty()) {
            end(new End(Outcome.FAILED, failure.message(), Optional.empty()));
            return;
        }
        long seconds = Math.max(1, wait.get().toSeconds());
        writer.events(List.of(new Event.Notice(turn, spec().label() + " is busy. Trying again in " + seconds + " s.")));
        lastHeard = context.clock().instant().plus(wait.get());
        context.after(wait.get(), this::ask);
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

    private void end(End how) {
        if (!end.compareAndSet(null, how)) {
            return;
        }
        StreamingModel.Upstream asked = upstream;
        if (asked != null) {
            asked.cancel();
        }
        context.execute(() -> finish(how));
    }

    private void finish(End how) {
        try {
            releaseHeld();
            Event.Message message = message(how);
            context.cold().finish(room(), message);
            writer.events(terminal(how, message));
            if (!writer.flush()) {
                LOG.error("Turn {}: the end of branch {} could not be written to the room's log", turn, id);
            }
            logEnd(message);
        } finally {
            onEnd.run();
        }
    }

    /** Lets every stage release or redact what it holds, except after a block or a failure of the pipeline itself. */
    private void releaseHeld() {
        pipelineLock.lock();
        try {
            Stage first = pipeline;
            if (first != null && !sealed) {
                first.end();
            }
        } catch (RuntimeException e) {
            LOG.error("Turn {}: the pipeline failed at the end; what it held is not released", turn, e);
        } finally {
            pipelineLock.unlock();
        }
    }

    private Event.Message message(End how) {
        Event.Answer answer = new Event.Answer(
                turn, order.message(), model(), how.outcome(), how.reason(), usage(how.usage()), timing());
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

    private Usage usage(Optional<Finish.ReportedUsage> reported) {
        long input = reported.map(Finish.ReportedUsage::inputTokens).orElseGet(this::inputTokens);
        long output = reported.map(Finish.ReportedUsage::outputTokens).orElse(outputTokens);
        return new Usage(input, output, spec().price().micros(input, output), reported.isEmpty());
    }

    /** The prompt's tokens by our own count, each line with the few tokens that mark its role. */
    private long inputTokens() {
        return upstream == null
                ? 0
                : answering.prompt().lines().stream()
                        .mapToLong(it -> Tokens.count(it.text()) + 4L)
                        .sum();
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
        end(new End(Outcome.BLOCKED, reason, Optional.empty()));
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
