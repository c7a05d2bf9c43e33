package dev.weir.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;

/** An error as programs read it (RFC 9457), with our own word for it in {@code code}. */
final class Problem {

    private Problem() {}

    /**
     * The response.
     *
     * @param code a word that stays the same when the sentences change
     * @param detail plain sentences: what is wrong and what to do
     */
    static Response response(int status, String code, String detail) {
        return response(status, json(status, code, detail));
    }

    /** The body of {@link #response(int, String, String)}, to which more can be added. */
    static ObjectNode json(int status, String code, String detail) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", code.replace('-', ' '))
                .put("status", status)
                .put("detail", detail)
                .put("code", code);
    }

    static Response response(int status, ObjectNode json) {
        return Response.status(status)
                .type("application/problem+json")
                .header("Cache-Control", "no-store")
                .entity(json.toString())
                .build();
    }
}
