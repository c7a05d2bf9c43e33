package dev.weir.gate;

import dev.weir.identity.Caller;
import dev.weir.identity.Callers;
import dev.weir.identity.Callers.Credentials;
import dev.weir.identity.Role;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells the server who is calling, from an API key or from the cookie that signing in has set. The server asks before any filter runs. */
@ApplicationScoped
public class SignInMechanism implements HttpAuthenticationMechanism {

    private final Callers callers;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway")
    protected SignInMechanism() {
        this.callers = null;
    }

    @Inject
    SignInMechanism(Callers callers) {
        this.callers = callers;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        if (Area.of(request).knowsNobody()) {
            return context.doNothing();
        }
        Optional<Caller> caller =
                callers.find(Credentials.of(request.getHeader("Authorization"), SessionCookie.read(request)));
        if (caller.isPresent()) {
            return accept(caller.get(), request, context);
        }
        return context.isProtected() ? refuse(request, response) : context.doNothing();
    }

    private static AuthenticationStatus accept(Caller caller, HttpServletRequest request, HttpMessageContext context) {
        request.setAttribute(SignedIn.ATTRIBUTE, caller);
        return context.notifyContainerAboutLogin(
                caller, caller.user().roles().stream().map(Role::word).collect(Collectors.toSet()));
    }

    private static AuthenticationStatus refuse(HttpServletRequest request, HttpServletResponse response)
            throws AuthenticationException {
        try {
            Refusal.notSignedIn(request, response);
            return AuthenticationStatus.SEND_FAILURE;
        } catch (IOException e) {
            throw new AuthenticationException("The refusal could not be sent", e);
        }
    }
}
