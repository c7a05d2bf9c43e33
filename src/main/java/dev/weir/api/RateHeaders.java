package dev.weir.api;

import dev.weir.budget.rate.Rate;
import java.util.LinkedHashMap;
import java.util.Map;

/** How fast a caller asks, in the headers that OpenAI's clients know. Resets are durations, such as {@code 1.5s}. */
public final class RateHeaders {

    private RateHeaders() {}

    public static Map<String, String> of(Rate rate) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (rate.requests() > 0) {
            put(headers, "requests", rate.requests(), rate.requestsLeft(), rate.requestsReset());
        }
        if (rate.tokens() > 0) {
            put(headers, "tokens", rate.tokens(), rate.tokensLeft(), rate.tokensReset());
        }
        if (rate.delay() > 0) {
            headers.put("Retry-After", Long.toString(rate.retryAfter()));
        }
        return headers;
    }

    private static void put(Map<String, String> headers, String what, long limit, long left, long reset) {
        headers.put("x-ratelimit-limit-" + what, Long.toString(limit));
        headers.put("x-ratelimit-remaining-" + what, Long.toString(left));
        headers.put("x-ratelimit-reset-" + what, reset / 1000 + "." + reset % 1000 / 100 + "s");
    }
}
