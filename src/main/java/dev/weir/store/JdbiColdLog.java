package dev.weir.store;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Variants;
import dev.weir.log.ColdLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/**
 * The cold log in tables {@code message}, {@code turn} and {@code turn_interceptor}. Moments are kept to the
 * millisecond. Writing to a room that is not there, or no longer, is a {@link NoSuchElementException}, except for texts
 * and ends of answers: those of a deleted room are dropped.
 */
@ApplicationScoped
class JdbiColdLog implements ColdLog {

    private final Database database;

    @Inject
    JdbiColdLog(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiColdLog() {
        this.database = null;
    }

    @Override
    public long nextEpoch(String room) {
        return database.write(handle -> {
            if (handle.execute("UPDATE room SET epoch = epoch + 1 WHERE id = ?", room) == 0) {
                throw Database.missing(room);
            }
            return handle.createQuery("SELECT epoch FROM room WHERE id = :room")
                    .bind("room", room)
                    .mapTo(Long.class)
                    .one();
        });
    }

    @Override
    public void saveMessage(String room, Cursor place, Instant at, Event.Message message) {
        if (message.answer().isPresent()) {
            throw new IllegalArgumentException("An answer is kept by beginAnswers and finishAnswer.");
        }
        database.<Void>writeBehind(handle -> {
            Database.useRoom(handle, room, at);
            MessageRows.insertMessage(handle, room, place, at, message);
            Superseding.settle(handle, room, place);
            return null;
        });
    }

    @Override
    public void beginAnswers(String room, Cursor place, Instant at, Event.TurnStarted turn, String node) {
        if (node.isEmpty()) {
            throw new IllegalArgumentException("The node that runs a turn must have a name.");
        }
        database.<Void>writeBehind(handle -> {
            Database.lockRoom(handle, room);
            TurnRows.insert(handle, room, place, at, turn, node);
            for (int i = 0; i < turn.branches().size(); i++) {
                MessageRows.insertAnswer(handle, room, place, at, turn, i, node);
            }
            Superseding.settle(handle, room, place);
            return null;
        });
    }

    @Override
    public void saveTexts(List<LiveText> texts, String node) {
        if (texts.isEmpty()) {
            return;
        }
        database.<int[]>writeBehind(handle -> {
            PreparedBatch batch = handle.prepareBatch("""
                    UPDATE message SET text = :text, variants = :variants, through_epoch = :epoch, through_seq = :seq
                    WHERE id = :branch AND writer = :node
                      AND (through_epoch < :epoch OR (through_epoch = :epoch AND through_seq <= :seq))
                    """);
            // Always in the same order, so that two flushes never wait for each other.
            texts.stream()
                    .sorted(Comparator.comparing(LiveText::branch))
                    .forEach(text -> batch.bind("branch", text.branch())
                            .bind("node", node)
                            .bind("text", text.text())
                            .bind("variants", MessageRows.variants(text.variants()))
                            .bind("epoch", text.through().epoch())
                            .bind("seq", text.through().seq())
                            .add());
            return batch.execute();
        });
    }

    @Override
    public boolean finishAnswer(String room, Event.Message message, String node) {
        Event.Answer answer =
                message.answer().orElseThrow(() -> new IllegalArgumentException("Not an answer: " + message.id()));
        return database.writeBehind(handle -> {
            boolean ended = MessageRows.finish(handle, room, message, answer, node) > 0;
            if (!ended) {
                refuseUnknown(handle, room, message.id());
            }
            return ended;
        });
    }

    @Override
    public boolean takeOver(String branch, List<String> alive, String to) {
        return database.write(handle -> handle.createUpdate("""
                                UPDATE message SET writer = :to
                                WHERE id = :branch AND writer IS NOT NULL AND writer NOT IN (<alive>)
                                """)
                        .bind("to", to)
                        .bind("branch", branch)
                        .bindList("alive", alive)
                        .execute()
                == 1);
    }

    @Override
    public void saveVariants(String room, String message, Variants variants) {
        database.<Integer>writeBehind(handle -> handle.createUpdate(
                        "UPDATE message SET variants = :variants WHERE id = :id AND room = :room AND turn IS NULL")
                .bind("variants", MessageRows.variants(variants))
                .bind("id", message)
                .bind("room", room)
                .execute());
    }

    @Override
    public List<Stored> messages(String room, int limit) {
        return database.read(handle -> select(
                                handle,
                                "WHERE room = :room AND NOT superseded"
                                        + " ORDER BY epoch DESC, seq DESC, branch_no DESC LIMIT :limit")
                        .bind("room", room)
                        .bind("limit", limit)
                        .map(MessageRows::stored)
                        .list())
                .reversed();
    }

    @Override
    public Optional<Stored> message(String room, String id) {
        return database.read(handle -> select(handle, "WHERE id = :id AND room = :room")
                .bind("id", id)
                .bind("room", room)
                .map(MessageRows::stored)
                .findOne());
    }

    @Override
    public List<Orphan> orphans(List<String> aliveNodes) {
        // Not IS NOT NULL: for a range, H2 uses the index as well.
        String written = "WHERE writer > ''" + (aliveNodes.isEmpty() ? "" : " AND writer NOT IN (<alive>)");
        return database.read(handle -> {
            Query query = select(handle, written + " ORDER BY room, epoch, seq, branch_no");
            if (!aliveNodes.isEmpty()) {
                query.bindList("alive", aliveNodes);
            }
            return query.map((rows, context) -> new Orphan(
                            rows.getString("room"), MessageRows.stored(rows, context), rows.getString("writer")))
                    .list();
        });
    }

    private static Query select(Handle handle, String where) {
        return handle.createQuery("SELECT * FROM message " + where);
    }

    /** An answer that was never begun has no place; losing it silently would hide a fault in the caller. */
    private static void refuseUnknown(Handle handle, String room, String branch) {
        boolean expected = handle.createQuery("""
                        SELECT COUNT(*) FROM room r
                        WHERE r.id = :room AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = :id AND m.room = r.id)
                        """)
                .bind("room", room)
                .bind("id", branch)
                .mapTo(Long.class)
                .one()
                .equals(0L);
        if (!expected) {
            throw new NoSuchElementException("Answer " + branch + " ended but was never begun in room " + room + ".");
        }
    }
}
