package dev.weir.store;

import dev.weir.audit.AuditPlace;
import dev.weir.audit.AuditQuery;
import dev.weir.audit.AuditRecord;
import dev.weir.audit.AuditStore;
import dev.weir.audit.Seal;
import dev.weir.audit.Seal.Purpose;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The audit in tables {@code audit_record} and {@code audit_seal}. */
@ApplicationScoped
public class JdbiAuditStore implements AuditStore {

    private final Database database;

    @Inject
    public JdbiAuditStore(Database database) {
        this.database = database;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected JdbiAuditStore() {
        this.database = null;
    }

    @Override
    public List<Chain> chains() {
        return database.read(handle -> {
            TreeSet<String> names = new TreeSet<>(handle.createQuery("SELECT DISTINCT chain FROM audit_seal")
                    .mapTo(String.class)
                    .list());
            // One step for each chain: a DISTINCT would read every record.
            Optional<String> next = after(handle, "");
            while (next.isPresent()) {
                names.add(next.get());
                next = after(handle, next.get());
            }
            return names.stream().map(it -> chain(handle, it)).toList();
        });
    }

    private static Optional<String> after(Handle handle, String chain) {
        return handle.createQuery("SELECT chain FROM audit_record WHERE chain > :chain ORDER BY chain LIMIT 1")
                .bind("chain", chain)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public Chain chain(String name) {
        return database.read(handle -> chain(handle, name));
    }

    private static Chain chain(Handle handle, String name) {
        return new Chain(
                name,
                AuditRows.seals(handle, name, Purpose.START).stream().findFirst(),
                AuditRows.seals(handle, name, Purpose.HEAD).stream().findFirst());
    }

    @Override
    public void append(Optional<Seal> before, List<AuditRecord> records, Seal head, Optional<Seal> checkpoint) {
        database.<Void>writeBehind(handle -> {
            moveHead(handle, before, head);
            AuditRows.insert(handle, records);
            checkpoint.ifPresent(it -> AuditRows.insert(handle, it));
            return null;
        });
    }

    private static void moveHead(Handle handle, Optional<Seal> before, Seal head) {
        int removed = before.map(it -> handle.execute(
                        "DELETE FROM audit_seal WHERE chain = ? AND purpose = ? AND seq = ? AND hash = ?",
                        it.chain(),
                        Purpose.HEAD.name(),
                        it.seq(),
                        it.hash()))
                .orElse(1);
        boolean another = !AuditRows.seals(handle, head.chain(), Purpose.HEAD).isEmpty();
        if (removed != 1 || another) {
            throw new Moved(head.chain());
        }
        AuditRows.insert(handle, head);
    }

    @Override
    public List<AuditRecord> read(String chain, long from, int limit) {
        return database.read(handle -> handle.createQuery(
                        "SELECT * FROM audit_record WHERE chain = :chain AND seq >= :from ORDER BY seq LIMIT :limit")
                .bind("chain", chain)
                .bind("from", from)
                .bind("limit", limit)
                .map(AuditRows::record)
                .list());
    }

    @Override
    public List<Seal> checkpoints(String chain) {
        return database.read(handle -> AuditRows.seals(handle, chain, Purpose.CHECKPOINT));
    }

    @Override
    public Optional<AuditRecord> lastBefore(String chain, Instant moment, int most) {
        return database.read(handle -> {
            List<AuditRecord> first = handle.createQuery(
                            "SELECT chain, seq, at_millis, kind, account, organisation, room,"
                                    + " turn, branch, model, action, subject, amount, NULL AS text, NULL AS salt, text_hash, hash"
                                    + " FROM audit_record WHERE chain = :chain ORDER BY seq LIMIT :most")
                    .bind("chain", chain)
                    .bind("most", most)
                    .map(AuditRows::record)
                    .list();
            int older = 0;
            while (older < first.size() && first.get(older).at().isBefore(moment)) {
                older++;
            }
            return older == 0 ? Optional.empty() : Optional.of(first.get(older - 1));
        });
    }

    @Override
    public void shorten(Seal start) {
        database.<Void>write(handle -> {
            String chain = start.chain();
            handle.execute("DELETE FROM audit_record WHERE chain = ? AND seq <= ?", chain, start.seq());
            handle.execute(
                    "DELETE FROM audit_seal WHERE chain = ? AND ((purpose = ? AND seq <= ?) OR purpose = ?)",
                    chain,
                    Purpose.CHECKPOINT.name(),
                    start.seq(),
                    Purpose.START.name());
            AuditRows.insert(handle, start);
            return null;
        });
    }

    @Override
    public List<AuditRecord> find(AuditQuery query, Optional<AuditPlace> after, int limit) {
        return database.read(handle -> AuditSearch.of(query, after).find(handle, limit));
    }

    @Override
    public long eraseTexts(AuditQuery query) {
        return database.<Integer>write(
                handle -> AuditSearch.of(query, Optional.empty()).erase(handle));
    }
}
