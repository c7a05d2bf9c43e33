package dev.weir.pipeline;

import dev.weir.event.Member;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What every branch of a test has in common, whichever side of it is tested: Ada has asked, one call runs at a time, and
 * nothing runs by itself once it is over.
 */
public class AnyBranch {

    /** Held by whoever calls stages, as a turn does it. */
    protected final ReentrantLock lock = new ReentrantLock();

    private final CompletableFuture<Object> givenUp = new CompletableFuture<>();
    private volatile boolean over;

    /** Somebody has stopped it, or a guard has: nobody waits for it any more. */
    protected final void giveUp() {
        givenUp.complete("given up");
    }

    /** No step runs any more. */
    protected final void over() {
        over = true;
    }

    protected final boolean isOver() {
        return over;
    }

    /** Calls stages. */
    protected final void locked(Runnable call) {
        lock.lock();
        try {
            call.run();
        } finally {
            lock.unlock();
        }
    }

    public String room() {
        return "r";
    }

    public String turn() {
        return "t";
    }

    public String branch() {
        return "b";
    }

    public String model() {
        return "m";
    }

    public String organisation() {
        return "o";
    }

    public Member requestedBy() {
        return Member.person("u", "Ada");
    }

    public void step(Runnable step) {
        locked(() -> {
            if (!over) {
                step.run();
            }
        });
    }

    public boolean await(CompletionStage<?> what, Duration atMost) {
        try {
            CompletableFuture.anyOf(what.toCompletableFuture(), givenUp).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CancellationException e) {
            return !givenUp.isDone();
        } catch (TimeoutException | InterruptedException e) {
            return false;
        }
        return !givenUp.isDone();
    }
}
