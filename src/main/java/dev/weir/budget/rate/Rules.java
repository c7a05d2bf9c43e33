package dev.weir.budget.rate;

import java.io.Serializable;

/**
 * How much a caller may ask for.
 *
 * @param requests a minute; 0 for no limit, as with {@code tokens}
 * @param requestBurst how many at once, when there were none before; at least 1
 * @param tokens a minute, input and output together
 * @param tokenBurst at once, likewise
 */
public record Rules(long requests, long requestBurst, long tokens, long tokenBurst) implements Serializable {

    private static final long serialVersionUID = 1;

    public static final Rules NONE = new Rules(0, 1, 0, 1);

    public Rules {
        if (Math.min(requests, tokens) < 0 || Math.min(requestBurst, tokenBurst) < 1) {
            throw new IllegalArgumentException(
                    "A rate is at least 0 a minute, and a burst at least 1: look at weir.rate.* in the configuration.");
        }
    }

    boolean limit() {
        return requests > 0 || tokens > 0;
    }
}
