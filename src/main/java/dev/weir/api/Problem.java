package dev.weir.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
        var json = JsonNodeFactory.instance.objectNode();
        json.put("type", "about:blank");
        json.put("title", code.replace('-', ' '));
        json.put("status", status);
        json.put("detail", detail);
        json.put("code", code);
        return Response.status(status)
                .type("application/problem+json")
                .header("Cache-Control", "no-store")
                .entity(json.toString())
                .build();
    }
}
