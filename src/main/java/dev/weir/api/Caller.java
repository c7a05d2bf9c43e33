package dev.weir.api;

import dev.weir.identity.User;
import dev.weir.identity.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAuthorizedException;
import java.security.Principal;
import java.util.Optional;

/** Who calls. */
@RequestScoped
public class Caller {

    private final Users users;
    private final HttpServletRequest request;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected Caller() {
        this(null, null);
    }

    @Inject
    Caller(Users users, HttpServletRequest request) {
        this.users = users;
        this.request = request;
    }

    User user() {
        Principal principal = request.getUserPrincipal();
        return Optional.ofNullable(principal)
                .flatMap(it -> users.byId(it.getName()))
                .orElseThrow(() -> new NotAuthorizedException("Cookie"));
    }
}
