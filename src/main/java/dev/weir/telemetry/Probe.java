package dev.weir.telemetry;

import dev.weir.figure.Part;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one part for a sign of life, and waits for it a bounded time. A question that hangs is not asked a second time
 * before it returns, so that probes never pile up. Thread-safe.
 */
final class Probe {

    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);

    private final Part part;
    private final Duration patience;
    private final Executor executor;
    private @Nullable CompletableFuture<Void> underWay;
    private boolean worked = true;

    Probe(Part part, Duration patience, Executor executor) {
        this.part = part;
        this.patience = patience;
        this.executor = executor;
    }

    /**
     * The state of the part.
     *
     * @param words what to show to everybody: nothing about where and what the part is
     */
    record State(String part, boolean works, String words) {}

    State ask() {
        long began = System.nanoTime();
        try {
            question().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return told(true, "answers in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms", "");
        } catch (TimeoutException e) {
            return told(false, "no answer within " + patience.toMillis() + " ms", "");
        } catch (ExecutionException e) {
            return told(false, "does not work", String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return told(false, "the question was interrupted", "");
        }
    }

    private synchronized CompletableFuture<Void> question() {
        CompletableFuture<Void> question = underWay;
        if (question == null || question.isDone()) {
            question = CompletableFuture.runAsync(part::check, executor);
            underWay = question;
        }
        return question;
    }

    /** Says it to the log when it has changed. */
    private synchronized State told(boolean works, String words, String detail) {
        if (works != worked) {
            worked = works;
            if (works) {
                LOG.info("The {} answers again", part.name());
            } else {
                LOG.warn("The {} can't be used: {} {}", part.name(), words, detail);
            }
        }
        return new State(part.name(), works, words);
    }
}
