package dev.weir.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers for {@link #LIFE} whose a sign-in is, so that not each request asks the database. Only what was found is
 * remembered. Bounded: the oldest are forgotten first. Thread-safe.
 */
final class RecentSignIns {

    static final Duration LIFE = Duration.ofSeconds(5);

    private static final int MOST = 10_000;

    private record Recent(User user, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Recent> found = new LinkedHashMap<>();
    private long forgotten;

    RecentSignIns(InstantSource clock) {
        this.clock = clock;
    }

    /** The remembered user, or what {@code load} finds. */
    Optional<User> find(String tokenHash, Supplier<Optional<User>> load) {
        long before;
        synchronized (this) {
            Recent recent = found.get(tokenHash);
            if (recent != null && clock.instant().isBefore(recent.until())) {
                return Optional.of(recent.user());
            }
            before = forgotten;
        }
        Optional<User> user = load.get();
        user.ifPresent(loaded -> remember(tokenHash, loaded, before));
        return user;
    }

    /** To be called after the sign-in was deleted. */
    synchronized void forget(String tokenHash) {
        forgotten++;
        found.remove(tokenHash);
    }

    /** To be called after the user's sign-ins were deleted. */
    synchronized void forgetAll(String userId) {
        forgotten++;
        found.values().removeIf(recent -> recent.user().id().equals(userId));
    }

    /** To be called when any sign-in may have been deleted. */
    synchronized void forgetAll() {
        forgotten++;
        found.clear();
    }

    /** Not when anything was forgotten while we loaded: it may have been this. */
    private synchronized void remember(String tokenHash, User user, long before) {
        if (forgotten != before) {
            return;
        }
        found.remove(tokenHash);
        found.put(tokenHash, new Recent(user, clock.instant().plus(LIFE)));
        if (found.size() > MOST) {
            found.remove(found.keySet().iterator().next());
        }
    }
}
