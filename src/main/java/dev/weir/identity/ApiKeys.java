package dev.weir.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where API keys are kept. Methods block on the database. Thread-safe. */
public interface ApiKeys {

    /**
     * Keeps a new key.
     *
     * @param hash SHA-256 of the key, in hexadecimal
     */
    void save(ApiKey key, String hash);

    /** The key of this hash and its owner, if it has not been revoked; it may have expired. */
    Optional<Owned> find(String hash);

    Optional<ApiKey> byId(String id);

    /** Every key, the newest first. */
    List<ApiKey> all();

    /** A user's keys, the newest first. */
    List<ApiKey> of(String owner);

    /** Ends a key for good. A key that is not there is left alone. */
    void delete(String id);

    void used(String id, Instant at);

    /** A key and the user in whose name it calls. */
    record Owned(ApiKey key, User owner) {}
}
