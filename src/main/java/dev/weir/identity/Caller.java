package dev.weir.identity;

import java.security.Principal;
import java.util.Optional;

/**
 * Who calls, as the server's principal of a request. Its name is the user's id.
 *
 * @param key the API key that the call came with; empty for a sign-in
 */
public record Caller(User user, Optional<ApiKey> key) implements Principal {

    @Override
    public String getName() {
        return user.id();
    }
}
