package dev.weir.pipeline.bench;

import dev.weir.event.Event;
import dev.weir.event.Ids;
import dev.weir.event.Member;
import dev.weir.pipeline.Branch;
import dev.weir.pipeline.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A branch that goes nowhere: of a room that is not there, asked by the one who tries. Interceptors can't tell it from
 * another. Its state is touched only under its lock, as with any branch.
 */
final class TrialBranch implements Branch {

    private final String room = Ids.next();
    private final String turn = Ids.next();
    private final String id = Ids.next();
    private final String organisation;
    private final Member by;
    private final StringBuilder released;

    final ReentrantLock lock = new ReentrantLock();
    final List<Trial.Verdict> verdicts = new ArrayList<>();
    Optional<Trial.Ending> ending = Optional.empty();
    boolean closed;
    volatile long tokens;

    /** @param released what has come out of the last stage */
    TrialBranch(String organisation, Member by, StringBuilder released) {
        this.organisation = organisation;
        this.by = by;
        this.released = released;
    }

    @Override
    public String room() {
        return room;
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
        return "bench";
    }

    @Override
    public String organisation() {
        return organisation;
    }

    @Override
    public Member requestedBy() {
        return by;
    }

    @Override
    public String textBefore() {
        return "";
    }

    @Override
    public void verdict(String interceptor, Event.Verdict.Decision decision, String rule) {
        lock.lock();
        try {
            verdicts.add(new Trial.Verdict(interceptor, decision.word(), rule));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void block(String interceptor, String rule, String reason) {
        end(new Trial.Ending(true, interceptor, reason));
    }

    @Override
    public void withdraw(String interceptor, int kept, String rule, String reason) {
        lock.lock();
        try {
            released.setLength(Math.min(kept, released.length()));
        } finally {
            lock.unlock();
        }
        block(interceptor, rule, reason);
    }

    @Override
    public int shown() {
        return released.length();
    }

    @Override
    public boolean sealed() {
        lock.lock();
        try {
            return ending.isPresent();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean await(CompletionStage<?> what, Duration atMost) {
        return Waiting.either(what.toCompletableFuture(), new CompletableFuture<>(), atMost);
    }

    void failed(String interceptor, Throwable failure) {
        end(new Trial.Ending(false, interceptor, String.valueOf(failure)));
    }

    private void end(Trial.Ending how) {
        lock.lock();
        try {
            ending = ending.or(() -> Optional.of(how));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void step(Runnable step) {
        lock.lock();
        try {
            if (!closed && ending.isEmpty()) {
                step.run();
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            failed("", e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void outputTokens(long count) {
        tokens = count;
    }
}
