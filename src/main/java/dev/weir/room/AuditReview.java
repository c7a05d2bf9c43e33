package dev.weir.room;

import dev.weir.audit.AuditDirectory;
import dev.weir.audit.AuditKey;
import dev.weir.audit.AuditPlace;
import dev.weir.audit.AuditQuery;
import dev.weir.audit.AuditRecord;
import dev.weir.audit.AuditStore;
import dev.weir.audit.ChainCheck;
import dev.weir.audit.Kind;
import dev.weir.audit.Seal;
import dev.weir.audit.Trail;
import dev.weir.audit.Where;
import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.identity.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

/**
 * The audit, for auditors and administrators. What was said is shown to those who are members of its room; with {@code
 * weir.audit.texts=auditors} to every auditor, and then it is recorded that they looked. Methods block. Thread-safe.
 */
@ApplicationScoped
public class AuditReview {

    /** The most records of a page. */
    public static final int MOST = 200;

    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AuditStore store;
    private final Trail trail;
    private final AuditDirectory directory;
    private final AuditKey key;
    private final RoomStore rooms;
    private final Users users;
    private final boolean auditorsSeeTexts;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected AuditReview() {
        this(null, null, null, null, null, null, false);
    }

    @Inject
    AuditReview(
            AuditStore store,
            Trail trail,
            AuditDirectory directory,
            AuditKey key,
            RoomStore rooms,
            Users users,
            Config config) {
        this(store, trail, directory, key, rooms, users, auditorsSeeTexts(config));
    }

    AuditReview(
            AuditStore store,
            Trail trail,
            AuditDirectory directory,
            AuditKey key,
            RoomStore rooms,
            Users users,
            boolean auditorsSeeTexts) {
        this.store = store;
        this.trail = trail;
        this.directory = directory;
        this.key = key;
        this.rooms = rooms;
        this.users = users;
        this.auditorsSeeTexts = auditorsSeeTexts;
    }

    private static boolean auditorsSeeTexts(Config config) {
        String word = config.getOptionalValue("weir.audit.texts", String.class).orElse("members");
        return switch (word) {
            case "members" -> false;
            case "auditors" -> true;
            default -> throw new IllegalArgumentException("weir.audit.texts is " + word + ". Use members or auditors.");
        };
    }

    /**
     * A record as somebody may see it.
     *
     * @param text empty when it has none, it was erased, or it is hidden
     * @param hidden whether it has a text that is not for the one who looks
     */
    public record Seen(AuditRecord record, Optional<String> text, boolean hidden) {}

    /**
     * Some of the records.
     *
     * @param next where the next page begins; empty when this is the last
     */
    public record Page(List<Seen> records, Optional<AuditPlace> next) {
        public Page {
            records = List.copyOf(records);
        }
    }

    /**
     * The records that fit, with all that was recorded before this call.
     *
     * @param limit from 1 to {@value #MOST}
     * @throws Refusal when the caller is neither administrator nor auditor
     */
    public Page search(User caller, AuditQuery query, Optional<AuditPlace> after, int limit) {
        check(caller);
        trail.flush(PATIENCE);
        List<AuditRecord> found = store.find(known(query), after, limit + 1);
        Eyes eyes = new Eyes(caller);
        List<Seen> seen = found.stream().limit(limit).map(eyes::see).toList();
        eyes.tell("audit.search", query);
        return new Page(
                seen, found.size() > limit ? Optional.of(AuditPlace.of(found.get(limit - 1))) : Optional.empty());
    }

    /**
     * Gives all records that fit, one by one, the oldest first; it is recorded that they were taken along.
     *
     * @throws Refusal when the caller is neither administrator nor auditor
     */
    public void export(User caller, AuditQuery query, Consumer<Seen> each) {
        check(caller);
        trail.record(Kind.READ, caller.who(), Where.room(query.room()), "audit.export", "", words(query));
        trail.flush(PATIENCE);
        AuditQuery wanted = known(query).inOrder();
        Eyes eyes = new Eyes(caller);
        Optional<AuditPlace> after = Optional.empty();
        List<AuditRecord> page;
        do {
            page = store.find(wanted, after, AT_ONCE);
            page.forEach(it -> each.accept(eyes.see(it)));
            after = page.isEmpty() ? after : Optional.of(AuditPlace.of(page.getLast()));
        } while (page.size() == AT_ONCE);
    }

    /** People name users by their logins. */
    private AuditQuery known(AuditQuery query) {
        return query.user().isEmpty()
                ? query
                : users.byLogin(query.user().toLowerCase(java.util.Locale.ROOT))
                        .map(it -> query.ofUser(it.id()))
                        .orElse(query);
    }

    /**
     * A chain and how far it goes.
     *
     * @param first the number of its first record
     * @param last the number of its last record; 0 when the seal of its end is missing
     * @param hash the hash of its last record
     * @param own whether it is this node's
     */
    public record Chain(String name, long first, long last, String hash, boolean own) {}

    /** The chains of all nodes, also of those that are gone. */
    public List<Chain> chains(User caller) {
        check(caller);
        trail.flush(PATIENCE);
        String own = directory.chain();
        return store.chains().stream()
                .map(it -> new Chain(
                        it.name(),
                        it.start().map(Seal::seq).orElse(0L) + 1,
                        it.head().map(Seal::seq).orElse(0L),
                        it.head().map(Seal::hash).orElse(""),
                        it.name().equals(own)))
                .toList();
    }

    /** Checks every chain from its first record to its last; takes about a minute for a few million records. */
    public List<ChainCheck.Report> verify(User caller) {
        check(caller);
        trail.record(Kind.READ, caller.who(), Where.NONE, "audit.verify", "", "");
        trail.flush(PATIENCE);
        return ChainCheck.all(
                store, List.of(key), new ArrayList<>(directory.anchor().stream().toList()));
    }

    /** Refuses who may not read the audit, before anything is looked for. */
    public void checkMayRead(User caller) {
        check(caller);
    }

    private static void check(User caller) {
        Oversight.check(caller, Role.ADMIN, Role.AUDITOR);
    }

    private static String words(AuditQuery query) {
        List<String> words = new ArrayList<>();
        query.from().ifPresent(it -> words.add("from " + it));
        query.until().ifPresent(it -> words.add("until " + it));
        named(words, "user", query.user());
        named(words, "room", query.room());
        named(words, "turn", query.turn());
        named(words, "model", query.model());
        query.kind().ifPresent(it -> words.add("kind " + it.word()));
        return words.isEmpty() ? "everything" : String.join(", ", words);
    }

    private static void named(List<String> words, String name, String value) {
        if (!value.isEmpty()) {
            words.add(name + " " + value);
        }
    }

    /** What one who looks may see. */
    private final class Eyes {
        private final User caller;
        private final boolean all;
        private final Map<String, Boolean> member = new HashMap<>();
        private boolean sawOthers;

        Eyes(User caller) {
            this.caller = caller;
            this.all = auditorsSeeTexts && caller.is(Role.AUDITOR);
        }

        Seen see(AuditRecord record) {
            if (!record.fact().kind().isConversation() || record.text().isEmpty()) {
                return new Seen(record, record.text(), false);
            }
            boolean own =
                    member.computeIfAbsent(record.fact().place().room(), room -> rooms.isMember(room, caller.id()));
            sawOthers |= all && !own;
            return own || all ? new Seen(record, record.text(), false) : new Seen(record, Optional.empty(), true);
        }

        void tell(String action, AuditQuery query) {
            if (sawOthers) {
                trail.record(Kind.READ, caller.who(), Where.room(query.room()), action, "", words(query));
            }
        }
    }
}
