package dev.weir.pipeline;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for things that other threads do. */
public final class Waiting {

    private Waiting() {}

    /** True when one of the two is done, well or failed, within this time; false also when the thread is interrupted. */
    public static boolean either(CompletableFuture<?> one, CompletableFuture<?> other, Duration atMost) {
        try {
            CompletableFuture.anyOf(one, other).get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
