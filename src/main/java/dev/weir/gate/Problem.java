package dev.weir.gate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as programs read it (RFC 9457).
 *
 * @param code a word that stays the same when the sentences change
 * @param detail one plain sentence: what happened and what to do
 */
record Problem(int status, String title, String code, String detail) {

    private static final JsonMapper JSON = new JsonMapper();

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        Protection.neverKeep(response);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(JSON.writeValueAsBytes(fields()));
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "about:blank");
        fields.put("title", title);
        fields.put("status", status);
        fields.put("detail", detail);
        fields.put("code", code);
        return fields;
    }
}
