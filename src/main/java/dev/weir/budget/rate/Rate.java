package dev.weir.budget.rate;

import java.io.Serializable;

/**
 * How a caller's buckets stand.
 *
 * @param requests the limit a minute; 0 for none
 * @param requestsLeft now
 * @param requestsReset milliseconds until that bucket is full
 * @param tokens the limit a minute; 0 for none
 * @param delay milliseconds until what was asked for is there; 0 when it was
 */
public record Rate(
        long requests,
        long requestsLeft,
        long requestsReset,
        long tokens,
        long tokensLeft,
        long tokensReset,
        long delay)
        implements Serializable {

    private static final long serialVersionUID = 1;

    /** The wait in seconds, rounded up, at least 1. */
    public long retryAfter() {
        return Math.max(1, (delay + 999) / 1000);
    }

    /** What is wrong and what to do. */
    public String words() {
        return "You ask faster than you may: %s a minute. Try again in %d s."
                .formatted(
                        requests > 0 && requestsLeft == 0
                                ? "%,d requests".formatted(requests)
                                : "%,d tokens".formatted(tokens),
                        retryAfter());
    }
}
