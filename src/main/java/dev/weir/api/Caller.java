package dev.weir.api;

import dev.weir.identity.Callers;
import dev.weir.identity.Callers.Credentials;
import dev.weir.identity.User;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAuthorizedException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Who calls. */
@RequestScoped
public class Caller {

    private final HttpServletRequest request;
    private final Callers callers;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Caller() {
        this(null, null);
    }

    @Inject
    Caller(HttpServletRequest request, Callers callers) {
        this.request = request;
        this.callers = callers;
    }

    User user() {
        return caller().user();
    }

    private dev.weir.identity.Caller caller() {
        if (request.getUserPrincipal() instanceof dev.weir.identity.Caller caller) {
            return caller;
        }
        throw new NotAuthorizedException("Bearer");
    }

    /** The token of the sign-in that the call came with; empty when it came with an API key. */
    Optional<String> token() {
        return Optional.of(caller().credentials().token()).filter(it -> !it.isEmpty());
    }

    /** Whether what the call came with still stands, whenever it is asked, also after the request. */
    BooleanSupplier standing() {
        Credentials credentials = caller().credentials();
        Callers known = callers;
        return () -> known.find(credentials).isPresent();
    }
}
