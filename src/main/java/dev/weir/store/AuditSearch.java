package dev.weir.store;

import dev.weir.audit.AuditPlace;
import dev.weir.audit.AuditQuery;
import dev.weir.audit.AuditRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A search as SQL. */
final class AuditSearch {

    private final List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final boolean oldestFirst;

    private AuditSearch(boolean oldestFirst) {
        this.oldestFirst = oldestFirst;
    }

    static AuditSearch of(AuditQuery query, Optional<AuditPlace> after) {
        AuditSearch search = new AuditSearch(query.oldestFirst());
        query.from().ifPresent(it -> search.that("at_millis >= :from", "from", it.toEpochMilli()));
        query.until().ifPresent(it -> search.that("at_millis < :until", "until", it.toEpochMilli()));
        search.equal("room", query.room());
        search.equal("turn", query.turn());
        search.equal("model", query.model());
        if (!query.user().isEmpty()) {
            search.that("(account = :user OR subject = :user)", "user", query.user());
        }
        if (!query.actions().isEmpty()) {
            search.that("action LIKE :actions", "actions", query.actions() + "%");
        }
        query.kind().ifPresent(it -> search.that("kind = :kind", "kind", it.word()));
        after.ifPresent(search::after);
        return search;
    }

    private void equal(String column, String value) {
        if (!value.isEmpty()) {
            that(column + " = :" + column, column, value);
        }
    }

    private void that(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    private void after(AuditPlace place) {
        String than = oldestFirst ? ">" : "<";
        // Rows as values, so that the index over these three columns serves.
        conditions.add("(at_millis, chain, seq) " + than + " (:at, :chain, :seq)");
        values.put("at", place.atMillis());
        values.put("chain", place.chain());
        values.put("seq", place.seq());
    }

    List<AuditRecord> find(Handle handle, int limit) {
        String order = oldestFirst ? "at_millis, chain, seq" : "at_millis DESC, chain DESC, seq DESC";
        return handle.createQuery(
                        "SELECT * FROM audit_record WHERE " + where() + " ORDER BY " + order + " LIMIT :limit")
                .bindMap(values)
                .bind("limit", limit)
                .map(AuditRows::record)
                .list();
    }

    int erase(Handle handle) {
        return handle.createUpdate(
                        "UPDATE audit_record SET text = NULL, salt = NULL WHERE salt IS NOT NULL AND " + where())
                .bindMap(values)
                .execute();
    }

    private String where() {
        return String.join(" AND ", conditions);
    }
}
