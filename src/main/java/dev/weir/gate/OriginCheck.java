package dev.weir.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests of our own pages from those that another site makes a browser send.
 *
 * <p>Every current browser sends {@code Origin} with each WebSocket handshake and each request that may change something,
 * and {@code Sec-Fetch-Site} where the connection is secure or local (Fetch Metadata, W3C). A request with neither comes
 * from a program that no other site can steer; it passes, and is judged by its credentials alone. An old browser's
 * {@code Referer} must match where it is sent. Immutable.
 *
 * @param allowed further origins, as a browser writes them: {@code https://chat.example.org}
 */
record OriginCheck(Set<String> allowed) {

    OriginCheck {
        allowed = Set.copyOf(allowed);
    }

    /** Whether this kind of request must come from our own pages. */
    static boolean concerns(HttpServletRequest request, Area area) {
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS", "TRACE" -> area == Area.STREAM || isUpgrade(request);
            default -> true;
        };
    }

    /** @param host the host and port that the sender addressed */
    boolean passes(HttpServletRequest request, String host) {
        String origin = request.getHeader("Origin");
        String site = request.getHeader("Sec-Fetch-Site");
        if (origin != null && allowed.contains(origin)) {
            return true;
        }
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String source = origin != null ? origin : request.getHeader("Referer");
        return source == null || isAt(source, host);
    }

    private static boolean isUpgrade(HttpServletRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
    }

    private static boolean isAt(String source, String host) {
        try {
            URI uri = new URI(source);
            String authority = uri.getRawAuthority();
            String scheme = uri.getScheme();
            return authority != null
                    && scheme != null
                    && !host.isEmpty()
                    && withPort(authority, scheme).equals(withPort(host, scheme));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withPort(String authority, @Nullable String scheme) {
        String lower = authority.toLowerCase(Locale.ROOT);
        boolean hasPort = lower.lastIndexOf(':') > lower.lastIndexOf(']');
        return hasPort ? lower : lower + ("https".equalsIgnoreCase(scheme) ? ":443" : ":80");
    }
}
