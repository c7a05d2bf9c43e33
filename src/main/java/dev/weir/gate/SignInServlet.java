package dev.weir.gate;

import dev.weir.identity.SignInResult;
import dev.weir.identity.SignInService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The page on which people sign in, and what its form is sent to: {@code login}, {@code password}, {@code next}. */
@WebServlet("/sign-in")
public class SignInServlet extends HttpServlet {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient SignInService signIns;
    private final transient Boundary boundary;

    @Inject
    SignInServlet(SignInService signIns, Boundary boundary) {
        this.signIns = signIns;
        this.boundary = boundary;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (SignedIn.user(request).isPresent()) {
            Refusal.redirect(response, next(request));
        } else {
            request.getRequestDispatcher("/sign-in.html").forward(request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding("UTF-8");
        Outside outside = boundary.outside(request);
        String login = orEmpty(request.getParameter("login"));
        String password = orEmpty(request.getParameter("password"));
        switch (signIns.signIn(login, password, outside.address())) {
            case SignInResult.Accepted accepted -> {
                Duration lifetime = Duration.between(Instant.now(), accepted.expires());
                response.addCookie(SessionCookie.holding(accepted.token(), lifetime, request, outside.isSecure()));
                Refusal.redirect(response, next(request));
            }
            case SignInResult.Wrong wrong -> again(request, response, "wrong");
            case SignInResult.Limited limited ->
                again(
                        request,
                        response,
                        "limited&seconds=" + limited.retryAfter().toSeconds());
        }
    }

    private static void again(HttpServletRequest request, HttpServletResponse response, String problem) {
        String next = next(request);
        String rest =
                next.equals(LocalPath.home(request)) ? "" : "&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        Refusal.redirect(response, request.getContextPath() + "/sign-in?problem=" + problem + rest);
    }

    private static String next(HttpServletRequest request) {
        return LocalPath.or(LocalPath.home(request), request.getParameter("next"));
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
