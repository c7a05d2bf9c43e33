package dev.weir.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * Which records; what is empty does not count.
 *
 * @param from the first moment
 * @param until the first moment that no longer counts
 * @param user the id of who did it, or to whom it was done
 * @param actions what the words of actions begin with, such as {@code budget.}
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
        String actions,
        boolean oldestFirst) {

    /** Whatever was done. */
    public AuditQuery(
            Optional<Instant> from,
            Optional<Instant> until,
            String user,
            String room,
            String turn,
            String model,
            Optional<Kind> kind,
            boolean oldestFirst) {
        this(from, until, user, room, turn, model, kind, "", oldestFirst);
    }

    /** All records, the newest first. */
    public static final AuditQuery ALL =
            new AuditQuery(Optional.empty(), Optional.empty(), "", "", "", "", Optional.empty(), false);

    /** The records of a room. */
    public static AuditQuery ofRoom(String room) {
        return new AuditQuery(Optional.empty(), Optional.empty(), "", room, "", "", Optional.empty(), false);
    }

    /** What administrators have done, by the beginning of the words for it. */
    public static AuditQuery ofActions(String actions) {
        return new AuditQuery(
                Optional.empty(), Optional.empty(), "", "", "", "", Optional.of(Kind.ADMIN), actions, false);
    }

    /** Of these, those by a user, or about what has this id. */
    public AuditQuery ofUser(String id) {
        return new AuditQuery(from, until, id, room, turn, model, kind, actions, oldestFirst);
    }

    public AuditQuery inOrder() {
        return new AuditQuery(from, until, user, room, turn, model, kind, actions, true);
    }
}
