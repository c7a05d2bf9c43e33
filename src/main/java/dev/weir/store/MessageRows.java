package dev.weir.store;

import dev.weir.event.Cursor;
import dev.weir.event.Event;
import dev.weir.event.Member;
import dev.weir.event.Outcome;
import dev.weir.event.Timing;
import dev.weir.event.Usage;
import dev.weir.event.Variants;
import dev.weir.log.ColdLog.Stored;
import dev.weir.log.ToolCallJson;
import dev.weir.log.VariantsJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The rows of table {@code message}. */
final class MessageRows {

    /** What a live answer ends as when nobody ends it. */
    private static final Outcome PRELIMINARY = Outcome.INTERRUPTED;

    private MessageRows() {}

    static void insertMessage(Handle handle, String room, Cursor place, Instant at, Event.Message message) {
        Update insert = handle.createUpdate("""
                INSERT INTO message (id, room, epoch, seq, branch_no, said_at, from_kind, from_id,
                                     from_name, text, replaces, through_epoch, through_seq, superseded, erased)
                SELECT :id, :room, :epoch, :seq, 0, :at, :fromKind, :fromId,
                       CASE WHEN f.forgotten THEN '' ELSE CAST(:fromName AS VARCHAR(1000)) END,
                       CASE WHEN f.forgotten THEN '' ELSE CAST(:text AS TEXT) END,
                       :replaces, :throughEpoch, :throughSeq, f.forgotten, f.forgotten
                FROM (SELECT EXISTS (SELECT 1 FROM erasure WHERE account = :fromId) AS forgotten) f
                WHERE NOT EXISTS (SELECT 1 FROM message WHERE id = :id AND room = :room)
                """);
        bindPlace(insert, room, place, at)
                .bind("id", message.id())
                .bind("text", message.text())
                .bind("replaces", message.replaces());
        bindFrom(insert, message.from()).execute();
    }

    static void insertAnswer(
            Handle handle, String room, Cursor place, Instant at, Event.TurnStarted turn, int branchNo, String node) {
        Event.Branch branch = turn.branches().get(branchNo);
        Update insert = handle.createUpdate("""
                INSERT INTO message (id, room, epoch, seq, branch_no, said_at, from_kind, from_id, from_name, text,
                                     replaces, through_epoch, through_seq, turn, prompt, model, writer,
                                     outcome, reason, superseded, erased)
                SELECT :id, :room, :epoch, :seq, :branchNo, :at, :fromKind, :fromId, :fromName, '',
                       :replaces, :throughEpoch, :throughSeq, :turn, :prompt, :fromId,
                       CASE WHEN f.forgotten THEN NULL ELSE CAST(:node AS VARCHAR(200)) END,
                       :outcome, '', f.forgotten, f.forgotten
                FROM (SELECT EXISTS (SELECT 1 FROM message WHERE id = :prompt AND erased) AS forgotten) f
                WHERE NOT EXISTS (SELECT 1 FROM message WHERE id = :id AND room = :room)
                """);
        bindPlace(insert, room, place, at)
                .bind("id", branch.id())
                .bind("branchNo", branchNo)
                .bind("replaces", branch.replaces())
                .bind("turn", turn.turn())
                .bind("prompt", turn.prompt())
                .bind("node", node)
                .bind("outcome", PRELIMINARY.word());
        bindFrom(insert, branch.model()).execute();
    }

    /** Returns 0 when the answer has ended already, another node writes it or it isn't there. */
    static int finish(Handle handle, String room, Event.Message message, Event.Answer answer, String node) {
        Update update = handle.createUpdate("""
                UPDATE message SET writer = NULL, from_kind = :fromKind, from_id = :fromId, from_name = :fromName,
                    text = :text, model = :model, outcome = :outcome, reason = :reason, input_tokens = :input,
                    cached_input_tokens = :cached, output_tokens = :output, reasoning_tokens = :reasoning,
                    micros = :micros, estimated = :estimated, first_delta_millis = :firstDelta,
                    duration_millis = :duration, tool_calls = :toolCalls, variants = :variants
                WHERE id = :id AND room = :room AND writer = :node
                """);
        return bindFrom(update, message.from())
                .bind("id", message.id())
                .bind("room", room)
                .bind("node", node)
                .bind("text", message.text())
                .bind("model", answer.model())
                .bind("outcome", answer.outcome().word())
                .bind("reason", answer.reason())
                .bind("input", answer.usage().inputTokens())
                .bind("cached", answer.usage().cachedInputTokens())
                .bind("output", answer.usage().outputTokens())
                .bind("reasoning", answer.usage().reasoningTokens())
                .bind("micros", answer.usage().micros())
                .bind("estimated", answer.usage().estimated())
                .bind("firstDelta", answer.timing().firstDeltaMillis())
                .bind("duration", answer.timing().durationMillis())
                .bind("toolCalls", answer.toolCalls().isEmpty() ? null : ToolCallJson.write(answer.toolCalls()))
                .bind("variants", variants(message.variants()))
                .execute();
    }

    /** Nothing for none. */
    static @Nullable String variants(Variants variants) {
        return variants.isEmpty() ? null : VariantsJson.write(variants);
    }

    private static Variants variants(@Nullable String json) {
        return json == null ? Variants.NONE : VariantsJson.read(json);
    }

    /** Reads a row of {@code SELECT * FROM message}. */
    static Stored stored(ResultSet row, StatementContext context) throws SQLException {
        boolean isAnswer = row.getString("turn") != null;
        Event.Message message = new Event.Message(
                row.getString("id"),
                new Member(
                        Member.Kind.of(row.getString("from_kind")),
                        row.getString("from_id"),
                        row.getString("from_name")),
                row.getString("text"),
                Optional.ofNullable(row.getString("replaces")),
                isAnswer ? Optional.of(answer(row)) : Optional.empty(),
                variants(row.getString("variants")));
        return new Stored(
                new Cursor(row.getLong("epoch"), row.getLong("seq")),
                Instant.ofEpochMilli(row.getLong("said_at") + row.getLong("duration_millis")),
                message,
                row.getString("writer") != null,
                new Cursor(row.getLong("through_epoch"), row.getLong("through_seq")));
    }

    private static Event.Answer answer(ResultSet row) throws SQLException {
        return new Event.Answer(
                row.getString("turn"),
                row.getString("prompt"),
                row.getString("model"),
                Outcome.of(row.getString("outcome")),
                row.getString("reason"),
                new Usage(
                        row.getLong("input_tokens"),
                        row.getLong("cached_input_tokens"),
                        row.getLong("output_tokens"),
                        row.getLong("reasoning_tokens"),
                        row.getLong("micros"),
                        row.getBoolean("estimated")),
                new Timing(row.getLong("first_delta_millis"), row.getLong("duration_millis")),
                toolCalls(row.getString("tool_calls")));
    }

    private static List<Event.ToolCall> toolCalls(@Nullable String json) {
        return json == null ? List.of() : ToolCallJson.read(json);
    }

    private static <S extends SqlStatement<S>> S bindPlace(S statement, String room, Cursor place, Instant at) {
        Cursor through = place.plus(1);
        return statement
                .bind("room", room)
                .bind("epoch", place.epoch())
                .bind("seq", place.seq())
                .bind("throughEpoch", through.epoch())
                .bind("throughSeq", through.seq())
                .bind("at", at.toEpochMilli());
    }

    private static <S extends SqlStatement<S>> S bindFrom(S statement, Member from) {
        return statement
                .bind("fromKind", from.kind().word())
                .bind("fromId", from.id())
                .bind("fromName", from.name());
    }
}
