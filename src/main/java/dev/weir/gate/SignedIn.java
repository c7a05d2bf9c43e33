package dev.weir.gate;

import dev.weir.identity.Caller;
import dev.weir.identity.User;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Whose a request is, once the server has asked {@link SignInMechanism}.
 *
 * <p>Threads that outlive the request (a stream, a turn) take the user from here at the handshake and keep it.
 */
public final class SignedIn {

    /** Request attribute that holds the {@link Caller}, for code that sees only the attributes. */
    static final String ATTRIBUTE = "dev.weir.caller";

    private SignedIn() {}

    /** The caller of a request; empty when nobody is signed in. */
    static Optional<Caller> caller(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller caller) {
            return Optional.of(caller);
        }
        return request.getUserPrincipal() instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    /** The signed-in user of a request; empty when nobody is signed in. */
    public static Optional<User> user(HttpServletRequest request) {
        return caller(request).map(Caller::user);
    }
}
