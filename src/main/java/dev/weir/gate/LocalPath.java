package dev.weir.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Keeps {@code next} within this application, so that a link to our sign-in page can't lead elsewhere. */
final class LocalPath {

    private static final int LONGEST = 2000;

    private LocalPath() {}

    /** The path as given when it is an absolute path (with query or fragment) on this host; otherwise {@code home}. */
    static String or(String home, @Nullable String path) {
        return path != null && isLocal(path) ? path : home;
    }

    /** Where the chat page is. */
    static String home(HttpServletRequest request) {
        return request.getContextPath() + "/";
    }

    private static boolean isLocal(String path) {
        if (path.length() > LONGEST || !path.startsWith("/") || path.startsWith("//")) {
            return false;
        }
        // Browsers read a backslash as a slash and skip control characters, so neither may stand anywhere.
        if (path.chars().anyMatch(c -> c == '\\' || c <= ' ' || c >= 127)) {
            return false;
        }
        try {
            URI uri = new URI(path);
            return uri.getScheme() == null && uri.getRawAuthority() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
