package dev.weir.transport;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.identity.Caller;
import dev.weir.room.Refusal;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request to the stream that is refused before it became one. */
final class StreamProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    StreamProblem(int status, String code, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
    }

    static StreamProblem of(Refusal refusal) {
        return new StreamProblem(refusal.code().status(), refusal.code().word(), refusal.detail());
    }

    /** The caller of a request. */
    static Caller caller(@Nullable Principal principal) {
        if (principal instanceof Caller caller) {
            return caller;
        }
        throw new StreamProblem(401, "not-signed-in", "Sign in first.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** The body, RFC 9457. */
    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "about:blank");
        json.put("title", code.replace('-', ' '));
        json.put("status", status);
        json.put("detail", detail());
        json.put("code", code);
        return json.toString();
    }
}
