package dev.weir.telemetry;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;

/**
 * Stands before the server's metrics: brings our counters up to now, takes out what the server prints twice, and adds
 * what it can't print ({@link MetricsText}).
 */
public class MetricsFilter extends HttpFilter {

    @Serial
    private static final long serialVersionUID = 1;

    @Inject
    transient Metrics metrics;

    @Inject
    transient MetricsText own;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        metrics.follow();
        if (!wantsAll(request)) {
            chain.doFilter(request, response);
            return;
        }
        Captured captured = new Captured(response);
        chain.doFilter(request, captured);
        String text = captured.text();
        if (response.getStatus() == HttpServletResponse.SC_OK && !text.isEmpty()) {
            response.getWriter().write(ServerText.once(text) + own.write());
        }
    }

    private static boolean wantsAll(HttpServletRequest request) {
        String scope = request.getParameter("scope");
        return request.getMethod().equals("GET")
                && request.getParameter("name") == null
                && (scope == null || scope.equals("application"));
    }
}
