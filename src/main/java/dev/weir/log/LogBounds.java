package dev.weir.log;

import org.eclipse.microprofile.config.Config;

/**
 * How much of rooms a node keeps in memory at once.
 *
 * @param rooms the most rooms that are open, at least 1
 * @param characters the most characters that the latest events of all open rooms have together, at least 1; a character takes
 *     one or two bytes
 */
public record LogBounds(int rooms, long characters) {

    private static final int MOST_ROOMS = 10_000;

    /** Of what the JVM may use, so many are for one character: a quarter of it, at two bytes each. */
    private static final int BYTES_FOR_EACH = 8;

    public static final LogBounds DEFAULT =
            new LogBounds(MOST_ROOMS, Runtime.getRuntime().maxMemory() / BYTES_FOR_EACH);

    public LogBounds {
        if (rooms < 1 || characters < 1) {
            throw new IllegalArgumentException("weir.log.max-rooms and weir.log.max-characters are at least 1.");
        }
    }

    static LogBounds of(Config config) {
        return new LogBounds(
                config.getOptionalValue("weir.log.max-rooms", Integer.class).orElse(DEFAULT.rooms()),
                config.getOptionalValue("weir.log.max-characters", Long.class).orElse(DEFAULT.characters()));
    }
}
