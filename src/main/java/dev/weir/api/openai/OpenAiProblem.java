package dev.weir.api.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.api.RateHeaders;
import dev.weir.budget.Shortage;
import dev.weir.budget.rate.Rate;
import dev.weir.room.Refusal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is not answered, in OpenAI's form. */
final class OpenAiProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** As OpenAI says it of an account that has used up what it may. */
    private static final String RATE = "rate_limit_exceeded";

    private static final String QUOTA = "insufficient_quota";

    /** In seconds; for longer, clients do better to give up than to try again. */
    private static final long SOON = 60;

    private static final String BAD_REQUEST = "invalid_request_error";

    private final int status;
    private final String type;
    private final String code;
    private final @Nullable String param;
    private final transient @Nullable Shortage shortage;
    private final transient @Nullable Rate rate;

    private OpenAiProblem(int status, String type, String code, @Nullable String param, String message) {
        this(status, type, code, param, message, null);
    }

    private OpenAiProblem(
            int status, String type, String code, @Nullable String param, String message, @Nullable Refusal refusal) {
        super(message);
        this.shortage = refusal == null ? null : refusal.shortage().orElse(null);
        this.rate = refusal == null ? null : refusal.rate().orElse(null);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
    }

    /** @param param the field of the body that is wrong, such as {@code messages[0].content} */
    static OpenAiProblem invalid(String param, String message) {
        return new OpenAiProblem(400, BAD_REQUEST, "invalid_value", param, message);
    }

    static OpenAiProblem body(String message) {
        return new OpenAiProblem(400, BAD_REQUEST, "invalid_body", null, message);
    }

    static OpenAiProblem notFound() {
        return new OpenAiProblem(
                404,
                BAD_REQUEST,
                "unknown_url",
                null,
                "There is nothing at this address. There are /v1/chat/completions and /v1/models.");
    }

    static OpenAiProblem method(String allowed) {
        return new OpenAiProblem(405, BAD_REQUEST, "method_not_allowed", null, "Use " + allowed + " here.");
    }

    static OpenAiProblem noSuchModel(String model) {
        return new OpenAiProblem(
                404,
                BAD_REQUEST,
                "model_not_found",
                "model",
                "There is no model " + model + " here. GET /v1/models lists them.");
    }

    /** The model or the way to it failed. */
    static OpenAiProblem failed(String reason) {
        return new OpenAiProblem(502, "server_error", "upstream_failed", null, reason);
    }

    /** Something here went wrong. */
    static OpenAiProblem internal(String reference) {
        return new OpenAiProblem(
                500,
                "server_error",
                "internal",
                null,
                "Something went wrong here. Your administrator finds it under " + reference + ".");
    }

    static OpenAiProblem of(Refusal refusal) {
        return switch (refusal.code()) {
            case UNKNOWN_MODEL -> new OpenAiProblem(404, BAD_REQUEST, "model_not_found", "model", refusal.detail());
            case FORBIDDEN -> new OpenAiProblem(403, BAD_REQUEST, "model_not_allowed", "model", refusal.detail());
            case TOO_LARGE -> badRequest(refusal, "request_too_large");
            case TOO_SLOW -> badRequest(refusal, "request_timeout");
            case OVER_BUDGET -> new OpenAiProblem(429, QUOTA, QUOTA, null, refusal.detail(), refusal);
            case TOO_FAST -> new OpenAiProblem(429, RATE, RATE, null, refusal.detail(), refusal);
            case BUSY -> new OpenAiProblem(503, "server_error", "busy", null, refusal.detail());
            case NOT_SERVED -> new OpenAiProblem(503, "server_error", "model_not_served", "model", refusal.detail());
            default -> badRequest(refusal, refusal.code().word().replace('-', '_'));
        };
    }

    private static OpenAiProblem badRequest(Refusal refusal, String code) {
        return new OpenAiProblem(refusal.code().status(), BAD_REQUEST, code, null, refusal.detail());
    }

    int status() {
        return status;
    }

    /** The headers that tell when to come again; OpenAI's own clients heed {@code x-should-retry}. */
    Map<String, String> headers(Instant now) {
        Rate tooFast = rate;
        if (tooFast != null) {
            return RateHeaders.of(tooFast);
        }
        Shortage lacking = shortage;
        if (lacking == null) {
            return Map.of();
        }
        long seconds = lacking.retryAfter(now).toSeconds();
        return Map.of("Retry-After", Long.toString(seconds), "x-should-retry", seconds <= SOON ? "true" : "false");
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode error = json.putObject("error");
        error.put("message", getMessage());
        error.put("type", type);
        error.put("param", param);
        error.put("code", code);
        Shortage lacking = shortage;
        if (lacking != null) {
            lacking.resetsAt().ifPresent(it -> error.put("resets_at", it.toString()));
        }
        return json;
    }
}
