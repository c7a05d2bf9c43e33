package dev.weir.gate;

import dev.weir.identity.SignInService;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/** The cookie that carries the token of a sign-in. No script can read it and no other site can make it be sent along. */
final class SessionCookie {

    static final String NAME = SignInService.COOKIE;

    private SessionCookie() {}

    static Optional<String> read(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(NAME) && !cookie.getValue().isEmpty()) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }

    static Cookie holding(String token, Duration lifetime, HttpServletRequest request, boolean secure) {
        Cookie cookie = new Cookie(NAME, token);
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setPath(request.getContextPath().isEmpty() ? "/" : request.getContextPath());
        cookie.setMaxAge(Math.clamp(lifetime.toSeconds(), 0, Integer.MAX_VALUE));
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }

    static Cookie gone(HttpServletRequest request, boolean secure) {
        return holding("", Duration.ZERO, request, secure);
    }
}
