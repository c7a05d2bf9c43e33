package dev.weir.gate;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The headers that tell browsers what our pages may do, and how long an answer may be kept. */
final class Protection {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");
    private static final String NEVER_KEEP = "no-store";

    private Protection() {}

    /** @param nodes the origins of the cluster's nodes, where the page may go on */
    static void apply(HttpServletResponse response, Outside outside, Area area, List<String> nodes) {
        response.setHeader("Content-Security-Policy", contentPolicy(outside.host(), nodes));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader(
                "Permissions-Policy",
                "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (outside.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        response.setHeader("Cache-Control", keeping(area));
    }

    static void neverKeep(HttpServletResponse response) {
        response.setHeader("Cache-Control", NEVER_KEEP);
    }

    private static String keeping(Area area) {
        return switch (area) {
            case LIBRARY -> "public, max-age=31536000, immutable";
            case ASSET -> "no-cache";
            case SIGN_IN, PAGE, CONSOLE, API, OPENAI, HEALTH, METRICS, STREAM -> NEVER_KEEP;
        };
    }

    /** Not every browser takes {@code 'self'} to cover WebSockets, so they are named with the host that was asked for. */
    private static String contentPolicy(String host, List<String> nodes) {
        String sockets = HOST.matcher(host).matches() ? " ws://" + host + " wss://" + host : "";
        String others = nodes.stream()
                .map(it -> " " + it + " " + it.replaceFirst("^http", "ws"))
                .collect(Collectors.joining());
        return "default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; connect-src 'self'"
                + sockets + others + "; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";
    }
}
