package dev.weir.store;

import dev.weir.budget.Bill;
import dev.weir.budget.Payer;
import dev.weir.event.Outcome;
import dev.weir.event.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import org.jdbi.v3.core.Handle;

/** The rows of table {@code bill}. */
final class Bills {

    private Bills() {}

    /** Keeps a bill, once; it takes the place of one of an earlier generation. */
    static void keep(Handle handle, Bill bill, ZoneId zone) {
        Usage usage = bill.usage();
        int changed = handle.execute(
                "UPDATE bill SET generation = ?, at_millis = ?, usage_day = ?, model = ?, input_tokens = ?,"
                        + " cached_tokens = ?, output_tokens = ?, reasoning_tokens = ?, micros = ?, estimated = ?, outcome = ?"
                        + " WHERE id = ? AND generation < ?",
                bill.generation(),
                bill.at().toEpochMilli(),
                day(bill, zone),
                bill.payer().model(),
                usage.inputTokens(),
                usage.cachedInputTokens(),
                usage.outputTokens(),
                usage.reasoningTokens(),
                usage.micros(),
                usage.estimated(),
                bill.outcome().word(),
                bill.id(),
                bill.generation());
        if (changed == 0) {
            insert(handle, bill, zone);
        }
    }

    static boolean has(Handle handle, String id) {
        return handle.createQuery("SELECT 1 FROM bill WHERE id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static void insert(Handle handle, Bill bill, ZoneId zone) {
        Usage usage = bill.usage();
        Payer payer = bill.payer();
        if (has(handle, bill.id())) {
            return;
        }
        handle.execute(
                "INSERT INTO bill (id, generation, at_millis, usage_day, organisation, account, api_key, room, model,"
                        + " input_tokens, cached_tokens, output_tokens, reasoning_tokens, micros, estimated, outcome)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                bill.id(),
                bill.generation(),
                bill.at().toEpochMilli(),
                day(bill, zone),
                payer.organisation(),
                payer.user(),
                payer.key(),
                payer.room(),
                payer.model(),
                usage.inputTokens(),
                usage.cachedInputTokens(),
                usage.outputTokens(),
                usage.reasoningTokens(),
                usage.micros(),
                usage.estimated(),
                bill.outcome().word());
    }

    private static String day(Bill bill, ZoneId zone) {
        return bill.at().atZone(zone).toLocalDate().toString();
    }

    static Bill read(ResultSet row) throws SQLException {
        return new Bill(
                row.getString("id"),
                row.getLong("generation"),
                Instant.ofEpochMilli(row.getLong("at_millis")),
                new Payer(
                        row.getString("organisation"),
                        row.getString("account"),
                        row.getString("api_key"),
                        row.getString("room"),
                        row.getString("model")),
                new Usage(
                        row.getLong("input_tokens"),
                        row.getLong("cached_tokens"),
                        row.getLong("output_tokens"),
                        row.getLong("reasoning_tokens"),
                        row.getLong("micros"),
                        row.getBoolean("estimated")),
                Outcome.of(row.getString("outcome")));
    }
}
