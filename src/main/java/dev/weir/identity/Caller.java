package dev.weir.identity;

import dev.weir.identity.Callers.Credentials;
import java.security.Principal;

/**
 * Who calls, as the server's principal of a request. Its name is the user's id.
 *
 * <p>The server keeps the principal of a WebSocket's opening in objects that it has ready for later requests, long after
 * the WebSocket has gone. So whoever takes over such a call says {@link #forget}. Thread-safe.
 */
public final class Caller implements Principal {

    private final String id;
    private volatile User user;
    private volatile Credentials credentials;

    /** @param credentials what the call came with */
    public Caller(User user, Credentials credentials) {
        this.id = user.id();
        this.user = user;
        this.credentials = credentials;
    }

    /** Once forgotten, a user of whom nothing but the id is known, and who may do nothing. */
    public User user() {
        return user;
    }

    /** What the call came with; once forgotten, nothing. */
    public Credentials credentials() {
        return credentials;
    }

    /** Keeps nothing of the user but the id. */
    public void forget() {
        user = User.unknown(id);
        credentials = Credentials.NONE;
    }

    @Override
    public String getName() {
        return id;
    }
}
