package dev.weir.boot;

import dev.weir.room.Followers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Sends clients to other nodes as soon as the process is told to end: servers may close connections before they stop their
 * applications. Thread-safe.
 */
@ApplicationScoped
class Farewell {

    @Inject
    Followers followers;

    private @Nullable Thread hook;

    synchronized void set() {
        Thread atEnd = new Thread(followers::leave, "weir-farewell");
        Runtime.getRuntime().addShutdownHook(atEnd);
        hook = atEnd;
    }

    /** The application ends, perhaps without the process. */
    synchronized void unset() {
        Thread atEnd = hook;
        hook = null;
        try {
            if (atEnd != null) {
                Runtime.getRuntime().removeShutdownHook(atEnd);
            }
        } catch (IllegalStateException e) {
            // the process is ending, and the hook has begun
        }
    }
}
