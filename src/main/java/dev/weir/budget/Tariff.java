package dev.weir.budget;

/** What tokens cost, in millionths of a US dollar: the prices of one model at one moment. */
@FunctionalInterface
public interface Tariff {

    Tariff FREE = (input, cached, output) -> 0;

    /**
     * The price of so many tokens; never falls when one of them grows.
     *
     * @param cachedTokens those of the input tokens that are cached
     */
    long micros(long inputTokens, long cachedTokens, long outputTokens);
}
