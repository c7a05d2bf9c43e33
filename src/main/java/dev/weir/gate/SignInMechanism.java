package dev.weir.gate;

import dev.weir.identity.Role;
import dev.weir.identity.SignInService;
import dev.weir.identity.User;
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

/** Tells the server who is calling, from the cookie that signing in has set. The server asks before any filter runs. */
@ApplicationScoped
public class SignInMechanism implements HttpAuthenticationMechanism {

    private final SignInService signIns;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway")
    protected SignInMechanism() {
        this.signIns = null;
    }

    @Inject
    SignInMechanism(SignInService signIns) {
        this.signIns = signIns;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        if (Area.of(request).isStatic()) {
            return context.doNothing();
        }
        Optional<User> user = SessionCookie.read(request).flatMap(signIns::find);
        if (user.isPresent()) {
            return accept(user.get(), request, context);
        }
        return context.isProtected() ? refuse(request, response) : context.doNothing();
    }

    private static AuthenticationStatus accept(User user, HttpServletRequest request, HttpMessageContext context) {
        request.setAttribute(SignedIn.ATTRIBUTE, user);
        return context.notifyContainerAboutLogin(
                new SignedIn(user), user.roles().stream().map(Role::word).collect(Collectors.toSet()));
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
