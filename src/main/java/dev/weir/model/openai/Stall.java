package dev.weir.model.openai;

import java.io.IOException;
import java.time.Duration;

/** Nothing came for longer than the idle timeout. */
final class Stall extends IOException {

    private final transient Duration idleTimeout;

    Stall(Duration idleTimeout) {
        super("nothing came for " + idleTimeout);
        this.idleTimeout = idleTimeout;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }
}
