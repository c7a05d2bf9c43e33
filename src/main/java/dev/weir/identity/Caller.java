package dev.weir.identity;

import dev.weir.identity.Callers.Credentials;
import java.security.Principal;

/**
 * Who calls, as the server's principal of a request. Its name is the user's id.
 *
 * @param credentials what the call came with
 */
public record Caller(User user, Credentials credentials) implements Principal {

    @Override
    public String getName() {
        return user.id();
    }
}
