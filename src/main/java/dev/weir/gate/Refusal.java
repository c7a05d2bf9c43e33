package dev.weir.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The answers to those who don't get past the gate. */
final class Refusal {

    private static final Problem NOT_SIGNED_IN = new Problem(
            401,
            "Unauthorized",
            "not-signed-in",
            "You are not signed in. Sign in at /sign-in, or send an API key: Authorization: Bearer KEY.");
    private static final String NO_KEY = """
            {"error":{"message":"No valid API key. Send one as Authorization: Bearer KEY; keys are made in the console or \
            by POST /api/keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""";
    private static final Problem FOREIGN = new Problem(
            403,
            "Forbidden",
            "foreign-origin",
            "The request came from a page of another site. If that site is yours, add it to weir.allowed-origins.");

    private static final Problem ELSEWHERE = new Problem(
            421,
            "Misdirected Request",
            "not-here",
            "This server runs models and carries no clients (weir.node.roles). Ask one that does.");

    private Refusal() {}

    /** Nothing is served here but what is about the node itself (421, RFC 9110, section 15.5.20). */
    static void elsewhere(HttpServletResponse response) throws IOException {
        ELSEWHERE.send(response);
    }

    static void foreign(HttpServletResponse response) throws IOException {
        FOREIGN.send(response);
    }

    /** Sends a browser that wants a page to the sign-in; tells everybody else 401. */
    static void notSignedIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Area area = Area.of(request);
        if (area.isForPeople() && isReading(request)) {
            redirect(
                    response,
                    request.getContextPath() + "/sign-in?next="
                            + URLEncoder.encode(wanted(request), StandardCharsets.UTF_8));
            return;
        }
        response.setHeader("WWW-Authenticate", "Bearer realm=\"weir\"");
        if (area == Area.OPENAI) {
            response.setStatus(401);
            Protection.neverKeep(response);
            response.setContentType("application/json");
            response.getOutputStream().write(NO_KEY.getBytes(StandardCharsets.UTF_8));
        } else {
            NOT_SIGNED_IN.send(response);
        }
    }

    /** See other (303), so that the browser asks with GET whatever it asked with before. */
    static void redirect(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
        Protection.neverKeep(response);
    }

    private static String wanted(HttpServletRequest request) {
        String path = request.getRequestURI();
        String query = request.getQueryString();
        return LocalPath.or(LocalPath.home(request), query == null ? path : path + "?" + query);
    }

    private static boolean isReading(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }
}
