package dev.weir.turn;

import dev.weir.event.Event.Answer;
import dev.weir.event.Event.Presence.State;
import dev.weir.event.Outcome;
import dev.weir.model.ModelFailure;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Counts for one branch that runs. Written by one thread at a time, in turn; read by any: the volatile fields are what
 * others see.
 */
final class LiveBranch implements BranchObserver {

    private final StartedBranch branch;
    private final ModelFigures figures;
    private final LastSeconds seconds;
    private final LongSupplier nanos;
    private final Consumer<LiveBranch> onEnd;
    private volatile long deltas;
    private volatile long outputTokens;
    private volatile boolean generating;
    private long lastDelta;

    LiveBranch(
            StartedBranch branch,
            ModelFigures figures,
            LastSeconds seconds,
            LongSupplier nanos,
            Consumer<LiveBranch> onEnd) {
        this.branch = branch;
        this.figures = figures;
        this.seconds = seconds;
        this.nanos = nanos;
        this.onEnd = onEnd;
        figures.started.increment();
    }

    @Override
    public void firstDelta(long wait) {
        generating = true;
        figures.firstDelta.record(wait);
        seconds.now().firstDelta.record(wait);
    }

    @Override
    public void delta(int characters, long tokens) {
        long now = nanos.getAsLong();
        long before = deltas;
        if (before > 0) {
            figures.betweenDeltas.record(now - lastDelta);
        }
        lastDelta = now;
        deltas = before + 1;
        figures.deltas.increment();
        figures.characters.add(characters);
        LastSeconds.Slot second = seconds.now();
        second.deltas.increment();
        second.outputTokens.add(tokens - outputTokens);
        outputTokens = tokens;
    }

    @Override
    public void retry(ModelFailure.Kind why, Duration wait) {
        figures.retries.increment();
    }

    @Override
    public void ended(Ended how) {
        onEnd.accept(this);
        Answer answer = how.answer();
        figures.ended(answer.outcome()).increment();
        how.failure().ifPresent(kind -> figures.failed(kind).increment());
        figures.used(how.own());
        figures.duration.record(
                Duration.ofMillis(answer.timing().durationMillis()).toNanos());
        LastSeconds.Slot second = seconds.now();
        second.ended.increment();
        if (answer.outcome() == Outcome.FAILED) {
            second.errors.increment();
        }
    }

    Activity.Live now() {
        return new Activity.Live(
                branch.room(),
                branch.turn(),
                branch.branch(),
                branch.model().name(),
                branch.requestedBy(),
                branch.at(),
                deltas,
                outputTokens,
                generating ? State.GENERATING : State.THINKING);
    }
}
