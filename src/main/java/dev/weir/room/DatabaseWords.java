package dev.weir.room;

import dev.weir.figure.Part;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How this node's database is, without waiting for it. Thread-safe. */
@ApplicationScoped
class DatabaseWords {

    /** What does not answer for so long is slow. */
    private static final Duration SLOW = Duration.ofSeconds(2);

    private static final String DATABASE = "database";

    /** The room's log says how far the database is behind. */
    private static final String LOG = "log";

    private final List<Part> parts;
    private CompletableFuture<String> underWay = CompletableFuture.completedFuture("");
    private long askedAt;
    private String last = "";

    /** For the container's proxy only. */
    protected DatabaseWords() {
        this.parts = List.of();
    }

    @Inject
    DatabaseWords(@Any Instance<Part> parts) {
        this.parts = parts.stream()
                .filter(it -> List.of(DATABASE, LOG).contains(it.name()))
                .toList();
    }

    /** Empty while it is well; else what is known, and asks anew whenever it is called. */
    synchronized String words() {
        if (underWay.isDone()) {
            last = underWay.join();
            askedAt = System.nanoTime();
            underWay = CompletableFuture.supplyAsync(this::ask, Thread::startVirtualThread);
        } else if (System.nanoTime() - askedAt > SLOW.toNanos()) {
            last = "does not answer";
        }
        return last;
    }

    private String ask() {
        for (Part part : parts) {
            try {
                part.check();
            } catch (RuntimeException e) {
                return part.name().equals(LOG) ? String.valueOf(e.getMessage()) : "does not answer";
            }
        }
        return "";
    }
}
