package dev.weir.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a key for programs. The key itself is shown once, when it is made, and kept nowhere.
 *
 * @param owner the id of the user in whose name it calls
 * @param start its first characters, by which people tell keys apart
 * @param expiresAt from this moment on it is refused; empty for never
 * @param models the only models it may ask; empty for all
 * @param lastUsedAt to the minute; empty when it was never used
 */
public record ApiKey(
        String id,
        String name,
        String owner,
        String start,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Set<String> models,
        Optional<Instant> lastUsedAt) {

    public ApiKey {
        models = Set.copyOf(models);
    }
}
