package dev.weir.store;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Repeats what the database took back because others were at work: a deadlock, a lock that came too late. */
final class Retry {

    private static final int ATTEMPTS = 5;
    private static final long PAUSE_MILLIS = 5;

    private Retry() {}

    static <T extends @Nullable Object> T whenTakenBack(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !takenBack(e)) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS * attempt));
            }
        }
    }

    /** Class 40 of SQLSTATE is "transaction rollback"; HYT00 is H2's lock timeout. */
    private static boolean takenBack(RuntimeException thrown) {
        String state = sqlState(thrown);
        return state.startsWith("40") || state.equals("HYT00");
    }

    /** The SQLSTATE of the first SQL exception among the causes; empty when there is none. */
    static String sqlState(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }
}
