package dev.weir.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which records; what is empty does not count.
 *
 * @param from the first moment
 * @param until the first moment that no longer counts
 * @param user the id of who did it, or to whom it was done
 * @param oldestFirst the order: by time, then by chain and number
 */
public record AuditQuery(
        Optional<Instant> from,
        Optional<Instant> until,
        String user,
        String room,
        String turn,
        String model,
        Optional<Kind> kind,
        boolean oldestFirst) {

    /** All records, the newest first. */
    public static final AuditQuery ALL =
            new AuditQuery(Optional.empty(), Optional.empty(), "", "", "", "", Optional.empty(), false);

    /** The records of a room. */
    public static AuditQuery ofRoom(String room) {
        return new AuditQuery(Optional.empty(), Optional.empty(), "", room, "", "", Optional.empty(), false);
    }

    public AuditQuery ofUser(String id) {
        return new AuditQuery(from, until, id, room, turn, model, kind, oldestFirst);
    }

    public AuditQuery inOrder() {
        return new AuditQuery(from, until, user, room, turn, model, kind, true);
    }
}
