package dev.weir.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Tells programs on this machine that call us directly from everybody who comes through a proxy or a network. */
final class Nearness {

    private static final Pattern ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}|::1|0:0:0:0:0:0:0:1");
    private static final Pattern HOST = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");
    private static final List<String> OF_PROXIES =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private Nearness() {}

    static boolean isFromThisMachine(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return ADDRESS.matcher(request.getRemoteAddr()).matches()
                && host != null
                && HOST.matcher(host).matches()
                && OF_PROXIES.stream().allMatch(it -> request.getHeader(it) == null);
    }
}
