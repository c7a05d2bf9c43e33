package dev.weir.identity;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.audit.Where;
import dev.weir.event.Ids;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes, finds and revokes API keys. Each request asks the database, so a revoked key is refused at once on every node.
 * Methods block. Thread-safe.
 */
public class ApiKeyService {

    /** What every generated key begins with, so that scanners for secrets find it. */
    public static final String PREFIX = "weir_";

    static final int MOST_PER_OWNER = 100;
    static final int LONGEST_NAME = 120;

    private static final int SECRET_BYTES = 32;
    private static final int SHORTEST = 32;
    private static final int LONGEST = 200;
    private static final int LEAST_DIFFERENT = 12;
    private static final int SHOWN = 9;
    private static final Duration USE_KEPT_EVERY = Duration.ofMinutes(1);

    private final SecureRandom random = new SecureRandom();
    private final ApiKeys keys;
    private final Users users;
    private final InstantSource clock;
    private final Audit audit;

    public ApiKeyService(ApiKeys keys, Users users, InstantSource clock, Audit audit) {
        this.keys = keys;
        this.users = users;
        this.clock = clock;
        this.audit = audit;
    }

    /** Only for CDI's client proxies. */
    @SuppressWarnings("NullAway")
    protected ApiKeyService() {
        this(null, null, InstantSource.system(), Audit.NONE);
    }

    /**
     * A key to be made.
     *
     * @param owner the id of the user in whose name it will call
     * @param models the only models it may ask; empty for all
     */
    public record Wanted(String name, String owner, Optional<Instant> expiresAt, Set<String> models) {
        public Wanted {
            models = Set.copyOf(models);
        }
    }

    /** A new key; {@code secret} is what callers send, and is to be shown now or never. */
    public record Created(ApiKey key, String secret) {
        @Override
        public String toString() {
            return "Created[" + key + "]";
        }
    }

    /**
     * Makes a key: one's own, or, for administrators, anybody's.
     *
     * @throws AccountProblem when it may not or can't be made
     */
    public Created create(User caller, Wanted wanted) {
        mayManage(caller, wanted.owner());
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return save(
                caller, wanted, PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /**
     * Makes a key of a secret that the installation's configuration gives ({@code weir.admin.api-key}).
     *
     * @throws WeakPasswordException when it could be guessed
     */
    void adopt(User owner, String name, String secret) {
        refuseWeak(secret);
        save(owner, new Wanted(name, owner.id(), Optional.empty(), Set.of()), secret);
    }

    private Created save(User by, Wanted wanted, String secret) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        check(wanted, now);
        ApiKey key = new ApiKey(
                Ids.next(),
                wanted.name().strip(),
                wanted.owner(),
                secret.substring(0, SHOWN),
                now,
                wanted.expiresAt(),
                wanted.models(),
                Optional.empty());
        keys.save(key, Hashes.sha256(secret));
        audit.record(by.who(), "key.create", key.id(), AccountDetails.of(key));
        return new Created(key, secret);
    }

    private void check(Wanted wanted, Instant now) {
        String name = wanted.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw AccountProblem.invalid("name", "Give the key a name of 1 to " + LONGEST_NAME + " characters.");
        }
        if (wanted.expiresAt().filter(it -> !it.isAfter(now)).isPresent()) {
            throw AccountProblem.invalid("expiresAt", "The expiry is in the past.");
        }
        if (users.byId(wanted.owner()).isEmpty()) {
            throw AccountProblem.invalid("owner", "There is no such user.");
        }
        if (keys.of(wanted.owner()).size() >= MOST_PER_OWNER) {
            throw AccountProblem.conflict("A user has at most " + MOST_PER_OWNER + " keys. Revoke some first.");
        }
    }

    static void refuseWeak(String secret) {
        boolean guessable = secret.length() < SHORTEST
                || secret.length() > LONGEST
                || secret.chars().distinct().count() < LEAST_DIFFERENT
                || !secret.chars().allMatch(it -> it > ' ' && it < 127)
                || Weakness.of(secret, "").isPresent();
        if (guessable) {
            throw new WeakPasswordException("weir.admin.api-key is refused. Use " + SHORTEST + " to " + LONGEST
                    + " random letters, digits and signs without spaces, for example from: openssl rand -hex 32");
        }
    }

    /** The caller whose key this is; empty when it is wrong, revoked or expired. */
    public Optional<ApiKeys.Owned> find(String secret) {
        if (secret.length() < SHORTEST || secret.length() > LONGEST) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<ApiKeys.Owned> found = keys.find(Hashes.sha256(secret))
                .filter(it ->
                        it.key().expiresAt().filter(end -> !end.isAfter(now)).isEmpty());
        found.ifPresent(it -> keepUse(it.key(), now));
        return found.map(it -> new ApiKeys.Owned(
                it.key(),
                it.owner().limitedTo(it.key().models()).through(it.key().id())));
    }

    private void keepUse(ApiKey key, Instant now) {
        if (key.lastUsedAt().filter(it -> it.plus(USE_KEPT_EVERY).isAfter(now)).isEmpty()) {
            keys.used(key.id(), now);
        }
    }

    /** One's own keys; for administrators and auditors everybody's. The newest first. */
    public List<ApiKey> list(User caller) {
        return caller.is(Role.ADMIN) || caller.is(Role.AUDITOR) ? keys.all() : keys.of(caller.id());
    }

    /**
     * Ends a key at once. Doing it twice does no harm.
     *
     * @throws AccountProblem when there is none of this id that the caller may revoke
     */
    public void revoke(User caller, String id) {
        ApiKey key = keys.byId(id)
                .filter(it -> caller.is(Role.ADMIN) || it.owner().equals(caller.id()))
                .orElseThrow(() -> AccountProblem.notFound("There is no such key of yours."));
        keys.delete(key.id());
        audit.record(caller.who(), "key.revoke", key.id(), AccountDetails.of(key));
    }

    private void mayManage(User caller, String owner) {
        if (!owner.equals(caller.id()) && !caller.is(Role.ADMIN)) {
            audit.record(Kind.REFUSED, caller.who(), Where.NONE, "key.create", owner, "");
            throw AccountProblem.forbidden("Only administrators make keys for others.");
        }
    }
}
