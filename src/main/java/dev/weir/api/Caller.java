package dev.weir.api;

import dev.weir.identity.User;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAuthorizedException;

/** Who calls. */
@RequestScoped
public class Caller {

    private final HttpServletRequest request;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Caller() {
        this(null);
    }

    @Inject
    Caller(HttpServletRequest request) {
        this.request = request;
    }

    User user() {
        if (request.getUserPrincipal() instanceof dev.weir.identity.Caller caller) {
            return caller.user();
        }
        throw new NotAuthorizedException("Bearer");
    }
}
