package dev.weir.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as its sender sees it: behind a proxy that is trusted, what the proxy says it forwarded.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host with its port as in the {@code Host} header; empty when there was none
 * @param address the sender's network address
 */
record Outside(String scheme, String host, String address) {

    /** @param proxies the addresses whose {@code X-Forwarded-…} headers are believed */
    static Outside of(HttpServletRequest request, Set<String> proxies) {
        String host = orEmpty(request.getHeader("Host"));
        String address = request.getRemoteAddr();
        if (!proxies.contains(address)) {
            return new Outside(request.getScheme(), host, address);
        }
        String scheme = nearest(request, "X-Forwarded-Proto", request.getScheme());
        return new Outside(
                scheme.equalsIgnoreCase("https") ? "https" : "http",
                nearest(request, "X-Forwarded-Host", host),
                sender(request, proxies, address));
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    /** Each proxy appends whom it got the request from: the last that isn't a trusted proxy is the sender. */
    private static String sender(HttpServletRequest request, Set<String> proxies, String address) {
        String[] hops = orEmpty(request.getHeader("X-Forwarded-For")).split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            String hop = hops[i].strip();
            if (!hop.isEmpty() && !proxies.contains(hop)) {
                return hop;
            }
        }
        return address;
    }

    private static String nearest(HttpServletRequest request, String header, String otherwise) {
        String value = orEmpty(request.getHeader(header));
        String last = value.substring(value.lastIndexOf(',') + 1).strip();
        return last.isEmpty() ? otherwise : last;
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
