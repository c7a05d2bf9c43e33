package dev.weir.gate;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as a test writes it down. What a test doesn't say is empty. */
final class Asked {

    private final String method;
    private final String path;
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> parameters = new HashMap<>();
    private String address = "192.0.2.7";
    private String root = "";
    private @Nullable String query;
    private @Nullable Principal principal;
    private Cookie @Nullable [] cookies;

    private Asked(String method, String path) {
        this.method = method;
        this.path = path;
        headers.put("host", "chat.example.org:8080");
    }

    static Asked get(String path) {
        return new Asked("GET", path);
    }

    static Asked options(String path) {
        return new Asked("OPTIONS", path);
    }

    static Asked post(String path) {
        return new Asked("POST", path);
    }

    Asked header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    Asked parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    Asked from(String sender) {
        address = sender;
        return this;
    }

    Asked under(String contextPath) {
        root = contextPath;
        return this;
    }

    Asked query(String text) {
        query = text;
        return this;
    }

    Asked by(Principal caller) {
        principal = caller;
        return this;
    }

    Asked cookie(String name, String value) {
        cookies = new Cookie[] {new Cookie(name, value)};
        return this;
    }

    HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                Asked.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, given) ->
                        answer(called.getName(), given == null ? "" : String.valueOf(given[0]), given));
    }

    private @Nullable Object answer(String called, String first, Object @Nullable [] given) {
        return switch (called) {
            case "getMethod" -> method;
            case "getScheme" -> "http";
            case "getRemoteAddr" -> address;
            case "getContextPath" -> root;
            case "getServletPath" -> path;
            case "getPathInfo" -> null;
            case "getRequestURI" -> root + path;
            case "getQueryString" -> query;
            case "getUserPrincipal" -> principal;
            case "getCookies" -> cookies;
            case "getHeader" -> headers.get(first.toLowerCase(Locale.ROOT));
            case "getParameter" -> parameters.get(first);
            case "getAttribute" -> attributes.get(first);
            case "setAttribute" -> attributes.put(first, given == null ? "" : given[1]);
            case "setCharacterEncoding" -> null;
            default -> throw new UnsupportedOperationException(called);
        };
    }
}
