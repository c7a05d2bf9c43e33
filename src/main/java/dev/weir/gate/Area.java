package dev.weir.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;

/** The kinds of address, by what they ask of the caller. What is not named here is a page and needs a sign-in. */
enum Area {
    /** Libraries under a versioned address: open to all, never change. */
    LIBRARY,
    /** The pages' own files: open to all, change with the installation. */
    ASSET,
    /** Where people sign in and out: open to all. */
    SIGN_IN,
    /** A page: without a sign-in the browser is sent to {@link #SIGN_IN}. */
    PAGE,
    /** Called by programs: without a sign-in the answer is 401. */
    API,
    /** The door for OpenAI's clients: as {@link #API}, with errors in OpenAI's form. */
    OPENAI,
    /** The administrators' pages and what is pushed to them: as {@link #PAGE}, for some roles only. */
    CONSOLE,
    /** Whether this node is well: open to all, and answered without knowing who asks. */
    HEALTH,
    /** Figures for a monitoring system: as {@link #API}, for some roles only, and for programs on this machine. */
    METRICS,
    /** Frames down, commands up: as {@link #API}, and never for other sites, whatever the method. */
    STREAM;

    private static final List<String> FILES = List.of("/weir.js", "/favicon.ico", "/favicon.svg", "/robots.txt");

    private static final Set<String> FOR_MANAGERS = Set.of(
            "/admin/consumption",
            "/admin/consumption.xhtml",
            "/admin/budgets",
            "/admin/budgets.xhtml",
            "/admin/budget",
            "/admin/budget.xhtml",
            "/admin/simulation",
            "/admin/simulation.xhtml",
            "/jakarta.faces.push/consumption");

    /** @param path within the application, decoded, starting with a slash */
    static Area of(String path) {
        if (path.startsWith("/webjars/")) {
            return LIBRARY;
        }
        if (path.startsWith("/assets/")
                || path.startsWith("/weir/")
                || path.startsWith("/jakarta.faces.resource/")
                || FILES.contains(path)) {
            return ASSET;
        }
        if (isOrIsUnder(path, "/sign-in") || path.equals("/sign-in.html") || path.equals("/sign-out")) {
            return SIGN_IN;
        }
        if (isOrIsUnder(path, "/api") || isOrIsUnder(path, "/openapi")) {
            return API;
        }
        if (isOrIsUnder(path, "/v1")) {
            return OPENAI;
        }
        if (isOrIsUnder(path, "/health")) {
            return HEALTH;
        }
        if (isOrIsUnder(path, "/metrics")) {
            return METRICS;
        }
        if (isOrIsUnder(path, "/admin") || isOrIsUnder(path, "/jakarta.faces.push")) {
            return CONSOLE;
        }
        return isOrIsUnder(path, "/stream") ? STREAM : PAGE;
    }

    static Area of(HttpServletRequest request) {
        return of(pathOf(request));
    }

    static String pathOf(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    boolean isStatic() {
        return this == LIBRARY || this == ASSET;
    }

    /** Whether what is answered here comes from all nodes. */
    boolean needsCluster() {
        return this == API || this == OPENAI || this == STREAM || this == CONSOLE;
    }

    /** Whether people come here with a browser, who can be sent to the sign-in. */
    boolean isForPeople() {
        return this == PAGE || this == CONSOLE;
    }

    boolean needsSignIn() {
        return !isStatic() && this != SIGN_IN && this != HEALTH;
    }

    /** Whether only administrators and auditors may come here. */
    boolean isForOverseers() {
        return this == CONSOLE || this == METRICS;
    }

    /** Whether it is about the node itself, and served by every node. */
    boolean isForOperators() {
        return this == HEALTH || this == METRICS;
    }

    /** Whether it makes no difference who asks, so that nobody is looked up. */
    boolean knowsNobody() {
        return isStatic() || this == HEALTH;
    }

    /** Whether managers may come here too: to the console's pages about budgets, and to what is pushed to them. */
    static boolean isForManagers(String path) {
        return FOR_MANAGERS.contains(path);
    }

    private static boolean isOrIsUnder(String path, String root) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }
}
