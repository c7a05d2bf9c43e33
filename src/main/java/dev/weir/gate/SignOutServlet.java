package dev.weir.gate;

import dev.weir.identity.SignInService;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serial;

/** Ends a sign-in, here and in the database. Does no harm to somebody who isn't signed in. */
@WebServlet("/sign-out")
public class SignOutServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient SignInService signIns;
    private final transient Boundary boundary;

    @Inject
    SignOutServlet(SignInService signIns, Boundary boundary) {
        this.signIns = signIns;
        this.boundary = boundary;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        SessionCookie.read(request).ifPresent(signIns::signOut);
        response.addCookie(SessionCookie.gone(request, boundary.outside(request).isSecure()));
        Refusal.redirect(response, request.getContextPath() + "/sign-in");
    }
}
