package dev.weir.budget.rate;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A caller's buckets. Immutable. */
public record Buckets(Level requests, Level tokens) implements Serializable {

    private static final long serialVersionUID = 1;

    /**
     * Something that is to be taken, or was used.
     *
     * @param requests how many
     * @param tokens how many; below 0 when some are given back
     * @param force true: taken whether they are there or not
     * @param dry true: only looked at
     * @param now in milliseconds since 1970
     */
    public record Take(long requests, long tokens, boolean force, boolean dry, long now, Rules rules)
            implements Serializable {
        private static final long serialVersionUID = 1;
    }

    /** The buckets afterwards, and how they stand. */
    public record Taken(Buckets buckets, Rate rate) {}

    /**
     * Takes from a caller's buckets.
     *
     * @param before none for a caller who is new
     */
    public static Taken take(@Nullable Buckets before, Take take) {
        Rules rules = take.rules();
        Buckets now = before == null
                ? new Buckets(Level.full(rules.requestBurst(), take.now()), Level.full(rules.tokenBurst(), take.now()))
                : new Buckets(
                        before.requests.at(take.now(), rules.requests(), rules.requestBurst()),
                        before.tokens.at(take.now(), rules.tokens(), rules.tokenBurst()));
        long wait = take.force() ? 0 : now.wait(take);
        boolean taken = wait == 0 && !take.dry();
        Buckets after = taken ? now.minus(take) : now;
        return new Taken(after, after.rate(rules, wait));
    }

    /** Who asks for more than a bucket ever holds waits until it is full. */
    private long wait(Take take) {
        Rules rules = take.rules();
        long forRequests = rules.requests() == 0 ? 0 : requests.until(take.requests(), rules.requests());
        long wanted = Math.min(take.tokens(), rules.tokenBurst());
        long forTokens = rules.tokens() == 0 ? 0 : tokens.until(wanted, rules.tokens());
        return Math.max(forRequests, forTokens);
    }

    private Buckets minus(Take take) {
        return new Buckets(requests.minus(take.requests()), tokens.minus(take.tokens()));
    }

    private Rate rate(Rules rules, long wait) {
        return new Rate(
                rules.requests(),
                requests.left(),
                rules.requests() == 0 ? 0 : requests.until(rules.requestBurst(), rules.requests()),
                rules.tokens(),
                tokens.left(),
                rules.tokens() == 0 ? 0 : tokens.until(rules.tokenBurst(), rules.tokens()),
                wait);
    }
}
