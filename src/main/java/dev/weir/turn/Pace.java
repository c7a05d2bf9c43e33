package dev.weir.turn;

import dev.weir.event.Timing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a branch began and when its model was heard. Written by the model's thread, read by any. */
final class Pace {

    private final Instant started;
    private volatile Instant lastHeard;
    private volatile @Nullable Instant firstDelta;

    Pace(Instant started) {
        this.started = started;
        this.lastHeard = started;
    }

    Instant started() {
        return started;
    }

    Instant lastHeard() {
        return lastHeard;
    }

    /** Nothing is to be expected of the model before this. */
    void wait(Instant until) {
        lastHeard = until;
    }

    /** A delta came; true for the first. */
    boolean heard(Instant now) {
        lastHeard = now;
        if (firstDelta != null) {
            return false;
        }
        firstDelta = now;
        return true;
    }

    /** True when the first delta has come. */
    boolean begun() {
        return firstDelta != null;
    }

    /** From the start to the first delta; zero when there was none. */
    Duration untilFirst() {
        Instant first = firstDelta;
        return first == null ? Duration.ZERO : Duration.between(started, first);
    }

    Timing timing(Instant end) {
        return new Timing(
                begun() ? untilFirst().toMillis() : -1,
                Duration.between(started, end).toMillis());
    }
}
