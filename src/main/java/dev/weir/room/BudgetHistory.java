package dev.weir.room;

import dev.weir.audit.AuditPlace;
import dev.weir.audit.AuditQuery;
import dev.weir.audit.AuditRecord;
import dev.weir.audit.AuditStore;
import dev.weir.audit.Trail;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who changed which budget, out of the audit, also of budgets that are gone: for administrators and auditors of all, for
 * managers of those of their organisation. Methods block. Thread-safe.
 */
@ApplicationScoped
public class BudgetHistory {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 200;

    /** The most records that are looked through for a page. */
    private static final int MOST_LOOKED_AT = 5_000;

    private final AuditStore store;
    private final Trail trail;
    private final Users users;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected BudgetHistory() {
        this(null, null, null);
    }

    @Inject
    BudgetHistory(AuditStore store, Trail trail, Users users) {
        this.store = store;
        this.trail = trail;
        this.users = users;
    }

    /**
     * Something that was done to a budget.
     *
     * @param budget its id
     * @param who the login; the id of somebody whose account is gone
     * @param done {@code create}, {@code change} or {@code delete}
     * @param words what is another, or the whole budget; empty when that was erased
     */
    public record Entry(Instant at, String budget, String who, String done, String words) {}

    /**
     * Some of what was done.
     *
     * @param next where the next page begins; empty when this is the last
     */
    public record Page(List<Entry> entries, Optional<AuditPlace> next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * What was done, the newest first, all that was done before this call included.
     *
     * @param budget an id; empty for all
     * @throws Refusal when the caller may see no budgets
     */
    public Page page(User caller, String budget, Optional<AuditPlace> after, int limit) {
        Oversight.check(caller, Role.ADMIN, Role.AUDITOR, Role.MANAGER);
        trail.flush(PATIENCE);
        AuditQuery query = AuditQuery.ofActions("budget.").ofUser(budget);
        List<Entry> entries = new ArrayList<>();
        Optional<AuditPlace> place = after;
        for (int looked = 0; looked < MOST_LOOKED_AT; looked += AT_ONCE) {
            List<AuditRecord> found = store.find(query, place, AT_ONCE);
            for (AuditRecord record : found) {
                if (entries.size() == limit) {
                    return new Page(entries, place);
                }
                if (isSeen(caller, record)) {
                    entries.add(entry(record));
                }
                place = Optional.of(AuditPlace.of(record));
            }
            if (found.size() < AT_ONCE) {
                return new Page(entries, Optional.empty());
            }
        }
        return new Page(entries, place);
    }

    private static boolean isSeen(User caller, AuditRecord record) {
        return caller.is(Role.ADMIN)
                || caller.is(Role.AUDITOR)
                || BudgetWords.isOf(record.text().orElse(""), caller.organisation());
    }

    private Entry entry(AuditRecord record) {
        String user = record.fact().who().user();
        String text = record.text().orElse("");
        return new Entry(
                record.at(),
                record.fact().subject(),
                users.byId(user).map(User::login).orElse(user),
                record.fact().action().replaceFirst("^budget\\.", ""),
                BudgetWords.withoutScope(text).orElse(text));
    }
}
