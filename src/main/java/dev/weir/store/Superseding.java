package dev.weir.store;

import dev.weir.event.Cursor;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Which messages no longer belong to a conversation: what another one replaces, and all that stands between the two.
 * The siblings of a replaced answer share its place, so they don't stand between and stay.
 *
 * <p>The result depends only on what is kept, not on the order in which it was saved: a message that is saved late is
 * superseded by replacements that were saved before it, and saving again never supersedes what came afterwards.
 */
final class Superseding {

    private record Replacement(String replaced, Cursor place) {}

    private Superseding() {}

    /** To be called in the transaction that saved at this place, under {@link Database#lockRoom}. */
    static void settle(Handle handle, String room, Cursor place) {
        for (Replacement replacement : from(handle, room, place)) {
            supersede(handle, room, replacement);
        }
    }

    /** The replacements made at this place or later: few, mostly none. */
    private static List<Replacement> from(Handle handle, String room, Cursor place) {
        return handle.createQuery("""
                        SELECT replaces, epoch, seq FROM message
                        WHERE room = :room AND replaces IS NOT NULL
                          AND epoch >= :epoch AND (epoch > :epoch OR seq >= :seq)
                        """)
                .bind("room", room)
                .bind("epoch", place.epoch())
                .bind("seq", place.seq())
                .map((row, context) -> new Replacement(
                        row.getString("replaces"), new Cursor(row.getLong("epoch"), row.getLong("seq"))))
                .list();
    }

    private static void supersede(Handle handle, String room, Replacement replacement) {
        handle.createQuery("SELECT epoch, seq FROM message WHERE id = :id AND room = :room")
                .bind("id", replacement.replaced())
                .bind("room", room)
                .map((row, context) -> new Cursor(row.getLong("epoch"), row.getLong("seq")))
                .findOne()
                .ifPresent(since -> supersede(handle, room, replacement, since));
    }

    private static void supersede(Handle handle, String room, Replacement replacement, Cursor since) {
        handle.createUpdate("""
                        UPDATE message SET superseded = TRUE
                        WHERE room = :room AND NOT superseded
                          AND (id = :replaced
                               OR ((epoch > :sinceEpoch OR (epoch = :sinceEpoch AND seq > :sinceSeq))
                                   AND (epoch < :untilEpoch OR (epoch = :untilEpoch AND seq < :untilSeq))))
                        """)
                .bind("room", room)
                .bind("replaced", replacement.replaced())
                .bind("sinceEpoch", since.epoch())
                .bind("sinceSeq", since.seq())
                .bind("untilEpoch", replacement.place().epoch())
                .bind("untilSeq", replacement.place().seq())
                .execute();
    }
}
