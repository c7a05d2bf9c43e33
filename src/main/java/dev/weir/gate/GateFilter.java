package dev.weir.gate;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import dev.weir.model.NodeRoles;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.Optional;

/**
 * The first filter of all, declared in web.xml to stand before those that libraries add. Behind it every request to
 * {@code /api}, {@code /v1}, {@code /stream} and the pages has a user, found by {@link SignedIn#user}, and comes from our own pages
 * where that matters. A node that carries no clients lets nobody in but those who watch over it.
 */
public class GateFilter extends HttpFilter {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Boundary boundary;
    private final transient NodeRoles roles;

    @Inject
    GateFilter(Boundary boundary, NodeRoles roles) {
        this.boundary = boundary;
        this.roles = roles;
    }

    private static boolean mayOversee(HttpServletRequest request, User user) {
        return user.is(Role.ADMIN)
                || user.is(Role.AUDITOR)
                || (user.is(Role.MANAGER) && Area.isForManagers(Area.pathOf(request)));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Area area = Area.of(request);
        Protection.apply(response, boundary.outside(request), area, boundary.nodes());
        if (!roles.edge() && !area.isForOperators()) {
            Refusal.elsewhere(response);
            return;
        }
        Optional<String> otherNode = boundary.otherNode(request);
        otherNode.ifPresent(it -> CrossNode.allow(response, it));
        if (otherNode.isPresent() && CrossNode.isPreflight(request)) {
            CrossNode.answerPreflight(response);
        } else if (boundary.isForeign(request)) {
            Refusal.foreign(response);
        } else if (boundary.isFree(request, area)) {
            pass(request, response, chain, area);
        } else if (SignedIn.user(request).isEmpty()) {
            Refusal.notSignedIn(request, response);
        } else if (boundary.isAway(area)) {
            response.setHeader("Retry-After", "5");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else if (area.isForOverseers()
                && SignedIn.user(request).filter(it -> mayOversee(request, it)).isEmpty()) {
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
