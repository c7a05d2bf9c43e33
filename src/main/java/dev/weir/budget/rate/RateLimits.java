package dev.weir.budget.rate;

import dev.weir.budget.Payer;
import dev.weir.budget.rate.Buckets.Take;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast each caller may ask: an API key, else the user. One bucket for all nodes. While buckets can't be asked, nobody is
 * refused. Thread-safe.
 */
@ApplicationScoped
public class RateLimits {

    /** Nobody is limited. */
    public static final RateLimits NONE = new RateLimits(
            new Callers() {
                @Override
                public CompletionStage<Rate> take(String caller, Take take) {
                    throw new IllegalStateException("There is no limit.");
                }

                @Override
                public long now() {
                    return 0;
                }
            },
            Rules.NONE);

    private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
    private static final long PATIENCE_SECONDS = 5;

    private final Callers callers;
    private final Rules rules;

    /** For the container's proxy only. */
    @SuppressWarnings("NullAway") // the proxy's own instance is never used
    protected RateLimits() {
        this(null, Rules.NONE);
    }

    @Inject
    public RateLimits(Callers callers, Config config) {
        this(callers, rules(config));
    }

    public RateLimits(Callers callers, Rules rules) {
        this.callers = callers;
        this.rules = rules;
    }

    private static Rules rules(Config config) {
        long requests = number(config, "requests-per-minute", 0);
        long tokens = number(config, "tokens-per-minute", 0);
        return new Rules(
                requests,
                number(config, "requests-burst", Math.max(1, requests)),
                tokens,
                number(config, "tokens-burst", Math.max(1, tokens)));
    }

    private static long number(Config config, String key, long otherwise) {
        return config.getOptionalValue("weir.rate." + key, Long.class).orElse(otherwise);
    }

    private static String caller(Payer payer) {
        return payer.key().isEmpty() ? "user:" + payer.user() : "key:" + payer.key();
    }

    /**
     * Does nothing when the caller may ask now. Blocks.
     *
     * @throws TooFast when they may not
     */
    public void check(Payer payer, long tokens) {
        ask(payer, 1, tokens, true);
    }

    /**
     * Counts a request. Blocks.
     *
     * @param tokens that it will use, as estimated
     * @return how the caller stands; empty when there is no limit
     * @throws TooFast when the caller has to wait
     */
    public Optional<Rate> take(Payer payer, long requests, long tokens) {
        return ask(payer, requests, tokens, false);
    }

    private Optional<Rate> ask(Payer payer, long requests, long tokens, boolean dry) {
        if (!rules.limit()) {
            return Optional.empty();
        }
        Rate rate;
        try {
            rate = callers.take(caller(payer), new Take(requests, tokens, false, dry, callers.now(), rules))
                    .toCompletableFuture()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.warn("How fast a caller asks could not be counted; they are let through", e);
            return Optional.empty();
        }
        if (rate.delay() > 0) {
            throw new TooFast(rate);
        }
        return Optional.of(rate);
    }

    /** Counts what an answer used beyond the estimate; below 0: less than that. Does not block. */
    public void used(Payer payer, long tokens) {
        if (rules.limit() && tokens != 0) {
            callers.take(caller(payer), new Take(0, tokens, true, false, callers.now(), rules))
                    .exceptionally(failure -> {
                        LOG.warn("What a caller used could not be counted", failure);
                        return null;
                    });
        }
    }
}
