package dev.weir.identity;

import java.time.Instant;
import java.util.Optional;

/** Who is signed in: kept in the database, so that a sign-in outlives a restart and holds on every node. Thread-safe. */
public interface SignIns {

    /**
     * Keeps a sign-in.
     *
     * @param tokenHash SHA-256 of the token, in hexadecimal; the token itself is only in the user's cookie
     */
    void save(String tokenHash, String userId, Instant expires);

    /** The user of a sign-in that has not expired at this moment; empty also when they are disabled. */
    Optional<User> find(String tokenHash, Instant now);

    void delete(String tokenHash);

    /** Ends every sign-in of a user, for a changed password. */
    void deleteAll(String userId);

    /** Ends every sign-in of a user but this one. */
    void deleteOthers(String userId, String tokenHash);

    void deleteExpired(Instant now);
}
