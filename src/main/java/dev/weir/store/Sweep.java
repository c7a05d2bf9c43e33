package dev.weir.store;

import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was erased from the embedded database is still in its file, in places that are free, until something else is written
 * there. When the database is closed after an erasure, its file is written anew without them.
 */
final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private Sweep() {}

    /** Does so if it is due; the database is closed then. A failure is logged: the next close tries again. */
    static void ifDue(Jdbi jdbi) {
        try {
            jdbi.useHandle(handle -> {
                if (handle.execute("UPDATE erasure SET swept = TRUE WHERE finished_at IS NOT NULL AND NOT swept") > 0) {
                    LOG.info("The database's file is written anew, without what was erased");
                    handle.execute("SHUTDOWN COMPACT");
                }
            });
        } catch (RuntimeException e) {
            LOG.warn("The database's file could not be written anew: what was erased may be in it still", e);
        }
    }
}
