package dev.weir.store;

import dev.weir.audit.AuditRecord;
import dev.weir.audit.Fact;
import dev.weir.audit.Kind;
import dev.weir.audit.Seal;
import dev.weir.audit.Seal.Purpose;
import dev.weir.audit.Where;
import dev.weir.audit.Who;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of tables {@code audit_record} and {@code audit_seal}. */
final class AuditRows {

    private AuditRows() {}

    static void insert(Handle handle, List<AuditRecord> records) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO audit_record (chain, seq, at_millis, kind, account, organisation, room, turn, branch, model,
                                          action, subject, amount, text, salt, text_hash, hash)
                VALUES (:chain, :seq, :at, :kind, :account, :organisation, :room, :turn, :branch, :model,
                        :action, :subject, :amount, :text, :salt, :textHash, :hash)
                """);
        records.forEach(it -> add(batch, it));
        batch.execute();
    }

    private static void add(PreparedBatch batch, AuditRecord record) {
        Fact fact = record.fact();
        batch.bind("chain", record.chain())
                .bind("seq", record.seq())
                .bind("at", fact.atMillis())
                .bind("kind", fact.kind().word())
                .bind("account", fact.who().user())
                .bind("organisation", fact.who().organisation())
                .bind("room", fact.place().room())
                .bind("turn", fact.place().turn())
                .bind("branch", fact.place().branch())
                .bind("model", fact.place().model())
                .bind("action", fact.action())
                .bind("subject", fact.subject())
                .bind("amount", fact.amount())
                .bind("text", record.text().orElse(null))
                .bind("salt", record.text().isPresent() ? record.salt() : null)
                .bind("textHash", record.textHash())
                .bind("hash", record.hash())
                .add();
    }

    static AuditRecord record(ResultSet row, StatementContext context) throws SQLException {
        Fact fact = new Fact(
                row.getLong("at_millis"),
                kind(row.getString("kind")),
                new Who(row.getString("account"), row.getString("organisation")),
                new Where(
                        row.getString("room"), row.getString("turn"), row.getString("branch"), row.getString("model")),
                row.getString("action"),
                row.getString("subject"),
                Objects.requireNonNullElse(row.getString("text"), ""),
                row.getLong("amount"));
        return new AuditRecord(
                row.getString("chain"),
                row.getLong("seq"),
                fact,
                Objects.requireNonNullElse(row.getString("salt"), ""),
                row.getString("text_hash"),
                row.getString("hash"));
    }

    /** A word that is no kind, which somebody wrote there, must not end the reading: its hash will not fit. */
    private static Kind kind(String word) {
        try {
            return Kind.of(word);
        } catch (IllegalArgumentException e) {
            return Kind.CHAIN;
        }
    }

    static void insert(Handle handle, Seal seal) {
        handle.execute(
                "INSERT INTO audit_seal (chain, purpose, seq, hash, at_millis, key_id, mac) VALUES (?, ?, ?, ?, ?, ?, ?)",
                seal.chain(),
                seal.purpose().name(),
                seal.seq(),
                seal.hash(),
                seal.atMillis(),
                seal.key(),
                seal.mac());
    }

    /** The seals of a chain for a purpose, the first places first. */
    static List<Seal> seals(Handle handle, String chain, Purpose purpose) {
        return handle.createQuery("SELECT * FROM audit_seal WHERE chain = :chain AND purpose = :purpose ORDER BY seq")
                .bind("chain", chain)
                .bind("purpose", purpose.name())
                .map((row, context) -> new Seal(
                        purpose,
                        chain,
                        row.getLong("seq"),
                        row.getString("hash"),
                        row.getLong("at_millis"),
                        row.getString("key_id"),
                        row.getString("mac")))
                .list();
    }
}
