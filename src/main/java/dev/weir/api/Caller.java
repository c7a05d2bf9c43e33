package dev.weir.api;

import dev.weir.identity.Callers;
import dev.weir.identity.Callers.Credentials;
import dev.weir.identity.SignInService;
import dev.weir.identity.User;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.NotAuthorizedException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

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
        if (request.getUserPrincipal() instanceof dev.weir.identity.Caller caller) {
            return caller.user();
        }
        throw new NotAuthorizedException("Bearer");
    }

    /** The token of the sign-in that the call came with; empty when it came with an API key. */
    Optional<String> token() {
        return Optional.of(credentials().token()).filter(it -> !it.isEmpty());
    }

    /** Whether what the call came with still stands, whenever it is asked, also after the request. */
    BooleanSupplier standing() {
        Credentials credentials = credentials();
        Callers known = callers;
        return () -> known.find(credentials).isPresent();
    }

    private Credentials credentials() {
        Optional<String> token = Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(it -> it.getName().equals(SignInService.COOKIE))
                .map(Cookie::getValue)
                .findFirst();
        return Credentials.of(request.getHeader("Authorization"), token);
    }
}
