package dev.weir.gate;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * The first filter of all, declared in web.xml to stand before those that libraries add. Behind it every request to
 * {@code /api}, {@code /v1}, {@code /stream} and the pages has a user, found by {@link SignedIn#user}, and comes from our own pages
 * where that matters.
 */
public class GateFilter extends HttpFilter {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Boundary boundary;

    @Inject
    GateFilter(Boundary boundary) {
        this.boundary = boundary;
    }

    private static boolean mayOversee(User user) {
        return user.is(Role.ADMIN) || user.is(Role.AUDITOR);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Area area = Area.of(request);
        Protection.apply(response, boundary.outside(request), area);
        if (boundary.isForeign(request)) {
            Refusal.foreign(response);
        } else if (boundary.isFree(request, area)) {
            pass(request, response, chain, area);
        } else if (SignedIn.user(request).isEmpty()) {
            Refusal.notSignedIn(request, response);
        } else if (area.isForOverseers()
                && SignedIn.user(request).filter(GateFilter::mayOversee).isEmpty()) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else {
            pass(request, response, chain, area);
        }
    }

    private static void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain, Area area)
            throws IOException, ServletException {
        chain.doFilter(request, area.isStatic() ? new UnkeptErrors(response) : response);
    }
}
