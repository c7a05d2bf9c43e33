package dev.weir.audit;

/** Something must not go on, because it can't be recorded. */
public final class AuditUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    AuditUnavailable(String message) {
        super(message);
    }
}
