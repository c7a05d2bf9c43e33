package dev.weir.store;

import dev.weir.room.Erasure;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of table {@code erasure}, and what is erased for them; see {@link JdbiErasures}. */
final class ErasureRows {

    private static final String THEIRS = "from_kind = 'person' AND from_id = :user";

    /** What they said in a room, and what was answered to it. */
    private static final String THEIRS_OR_ANSWERS = "room = :room AND ((" + THEIRS + ")"
            + " OR prompt IN (SELECT id FROM message WHERE room = :room AND " + THEIRS + "))";

    /** Records in which the text is of a conversation, or about a sign-in. */
    private static final String ABOUT_THEM =
            "'turn-started', 'text', 'translation', 'tool-call', 'verdict', 'turn-ended', 'sign-in'";

    private ErasureRows() {}

    /** Whether anything of an account that is not there is left, or was erased. */
    static boolean isKnown(Handle handle, String user) {
        return find(handle, user).isPresent()
                || handle.createQuery("SELECT 1 FROM message WHERE " + THEIRS + " LIMIT 1")
                        .bind("user", user)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
    }

    /** Marks it; whoever was marked before is gone through again. */
    static void begin(Handle handle, String user, String by, Instant at) {
        boolean again =
                handle.execute("UPDATE erasure SET finished_at = NULL, swept = FALSE WHERE account = ?", user) > 0;
        if (!again) {
            handle.execute(
                    "INSERT INTO erasure (account, by_account, begun_at) VALUES (?, ?, ?)",
                    user,
                    by,
                    at.toEpochMilli());
        }
    }

    static Optional<Erasure> find(Handle handle, String user) {
        return handle.createQuery("SELECT * FROM erasure WHERE account = :user")
                .bind("user", user)
                .map((row, context) -> {
                    long finished = row.getLong("finished_at");
                    return new Erasure(
                            user,
                            Instant.ofEpochMilli(row.getLong("begun_at")),
                            row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(finished)),
                            row.getLong("messages"));
                })
                .findOne();
    }

    /** Erases at most so many messages of a room, and counts them. Returns how many. */
    static int eraseMessages(Handle handle, String user, String room, int limit) {
        int erased = handle.createUpdate("""
                        UPDATE message SET text = '', variants = NULL, tool_calls = NULL, writer = NULL,
                            reason = CASE WHEN turn IS NULL THEN NULL ELSE '' END,
                            from_name = CASE WHEN turn IS NULL THEN '' ELSE from_name END,
                            superseded = TRUE, erased = TRUE
                        WHERE id IN (SELECT id FROM message WHERE NOT erased AND %s LIMIT :limit)
                        """.formatted(THEIRS_OR_ANSWERS))
                .bind("user", user)
                .bind("room", room)
                .bind("limit", limit)
                .execute();
        handle.execute("UPDATE erasure SET messages = messages + ? WHERE account = ?", erased, user);
        return erased;
    }

    /** Erases their name beside the questions that they asked, and what the audit has of answers that are erased. */
    static void eraseTraces(Handle handle, String user, String room) {
        handle.execute(
                "UPDATE turn SET requested_by_name = '' WHERE room = ? AND requested_by_kind = 'person'"
                        + " AND requested_by_id = ? AND requested_by_name <> ''",
                room,
                user);
        handle.execute(
                "UPDATE audit_record SET text = NULL, salt = NULL WHERE salt IS NOT NULL AND room = ? AND turn IN"
                        + " (SELECT turn FROM message WHERE room = ? AND erased AND turn IS NOT NULL)",
                room,
                room);
    }

    /** Erases the texts of records about them, and answers that are kept for repeated requests. */
    static void eraseRecords(Handle handle, String user) {
        handle.createUpdate("""
                        UPDATE audit_record SET text = NULL, salt = NULL WHERE salt IS NOT NULL AND (
                            subject = :user
                            OR (account = :user AND (kind IN (%s) OR action LIKE 'key.%%'))
                            OR (action LIKE 'key.%%' AND text LIKE :ofUser))
                        """.formatted(ABOUT_THEM))
                .bind("user", user)
                .bind("ofUser", "%of user " + user + ",%")
                .execute();
        handle.execute("DELETE FROM done_once WHERE answer LIKE ?", "%\"" + user + "\"%");
    }
}
