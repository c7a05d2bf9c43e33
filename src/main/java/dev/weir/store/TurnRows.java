package dev.weir.store;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of tables {@code turn} and {@code turn_interceptor}: what an auditor asks of a turn. */
final class TurnRows {

    private TurnRows() {}

    /** Does nothing when the turn is kept already. */
    static void insert(Handle handle, String room, Cursor place, Instant at, Event.TurnStarted turn, String node) {
        int inserted = handle.createUpdate("""
                        INSERT INTO turn (id, room, prompt, requested_by_kind, requested_by_id, requested_by_name, node,
                                          epoch, seq, started_at)
                        SELECT :id, :room, :prompt, :kind, :by, :name, :node, :epoch, :seq, :at
                        WHERE NOT EXISTS (SELECT 1 FROM turn WHERE id = :id AND room = :room)
                        """)
                .bind("id", turn.turn())
                .bind("room", room)
                .bind("prompt", turn.prompt())
                .bind("kind", turn.requestedBy().kind().word())
                .bind("by", turn.requestedBy().id())
                .bind("name", turn.requestedBy().name())
                .bind("node", node)
                .bind("epoch", place.epoch())
                .bind("seq", place.seq())
                .bind("at", at.toEpochMilli())
                .execute();
        if (inserted == 1 && !turn.interceptors().isEmpty()) {
            insertInterceptors(handle, turn.turn(), turn.interceptors());
        }
    }

    private static void insertInterceptors(Handle handle, String turn, List<Event.Declared> interceptors) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO turn_interceptor (turn, step, name, mode) VALUES (:turn, :step, :name, :mode)");
        for (int step = 0; step < interceptors.size(); step++) {
            batch.bind("turn", turn)
                    .bind("step", step)
                    .bind("name", interceptors.get(step).name())
                    .bind("mode", interceptors.get(step).mode())
                    .add();
        }
        batch.execute();
    }
}
