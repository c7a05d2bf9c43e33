package dev.weir.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lets pages of the cluster's other nodes use this node when theirs is gone: they are our own pages, at another origin. Only
 * what the chat page uses is open to them, and only to origins that a node has told to be its own (Fetch, CORS protocol).
 */
final class CrossNode {

    private static final Pattern HOST = Pattern.compile("[a-z0-9.-]+|\\[[0-9a-f:.]+]");

    private CrossNode() {}

    /**
     * The origin of the other node whose page sent this; empty when it comes from elsewhere, or goes where only this node's
     * pages go.
     *
     * @param nodes addresses that nodes have told
     */
    static Optional<String> origin(HttpServletRequest request, Area area, Collection<String> nodes) {
        String origin = request.getHeader("Origin");
        boolean open = area == Area.STREAM || area == Area.API;
        return open
                        && origin != null
                        && nodes.stream().anyMatch(it -> originOf(it).equals(origin))
                ? Optional.of(origin)
                : Optional.empty();
    }

    /** The origin of an address as a browser writes it; empty when it is none that a browser can go to. */
    static String originOf(String address) {
        try {
            URI uri = new URI(address);
            String scheme = uri.getScheme();
            String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
            boolean web = "http".equals(scheme) || "https".equals(scheme);
            if (!web || !HOST.matcher(host).matches()) {
                return "";
            }
            boolean usual = uri.getPort() == -1 || uri.getPort() == ("http".equals(scheme) ? 80 : 443);
            return scheme + "://" + host + (usual ? "" : ":" + uri.getPort());
        } catch (URISyntaxException e) {
            return "";
        }
    }

    /** Lets the page read the answer. */
    static void allow(HttpServletResponse response, String origin) {
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Credentials", "true");
        response.setHeader("Vary", "Origin");
    }

    /** Whether a browser asks what it may send before it does. */
    static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }

    static void answerPreflight(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
        response.setHeader("Access-Control-Allow-Headers", "Content-Type, Last-Event-ID");
        response.setHeader("Access-Control-Max-Age", "600");
    }
}
