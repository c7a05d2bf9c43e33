package dev.weir.gate;

import dev.weir.identity.User;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;

/**
 * The caller of a request that came with a valid sign-in. Its name is the user's id.
 *
 * <p>Threads that outlive the request (a stream, a turn) take the user from here at the handshake and keep it.
 */
public record SignedIn(User user) implements Principal {

    /** Request attribute that holds the {@link User}, for code that sees only the attributes. */
    public static final String ATTRIBUTE = "dev.weir.user";

    @Override
    public String getName() {
        return user.id();
    }

    /** The signed-in user of a request; empty when nobody is signed in. */
    public static Optional<User> user(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof User user) {
            return Optional.of(user);
        }
        return request.getUserPrincipal() instanceof SignedIn signedIn
                ? Optional.of(signedIn.user())
                : Optional.empty();
    }
}
