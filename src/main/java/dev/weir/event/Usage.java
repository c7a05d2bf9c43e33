package dev.weir.event;

/**
 * What an answer used.
 *
 * @param inputTokens tokens of the prompt and its history
 * @param cachedInputTokens those of them that the provider had at hand; 0 when it does not say
 * @param outputTokens tokens of the answer
 * @param reasoningTokens those of them that the model thought and did not say; 0 when the provider does not say
 * @param micros the price, in millionths of a US dollar
 * @param estimated true when counted here, false when these are the provider's own figures
 */
public record Usage(
        long inputTokens,
        long cachedInputTokens,
        long outputTokens,
        long reasoningTokens,
        long micros,
        boolean estimated) {

    public static final Usage NOTHING = new Usage(0, 0, 0, false);

    /** Without any that were cached or thought. */
    public Usage(long inputTokens, long outputTokens, long micros, boolean estimated) {
        this(inputTokens, 0, outputTokens, 0, micros, estimated);
    }

    /** Both together; estimated when one of them is. */
    public Usage plus(Usage more) {
        return new Usage(
                inputTokens + more.inputTokens,
                cachedInputTokens + more.cachedInputTokens,
                outputTokens + more.outputTokens,
                reasoningTokens + more.reasoningTokens,
                micros + more.micros,
                estimated || more.estimated);
    }

    /** What is left of this without a part of it; estimated as this is. */
    public Usage minus(Usage part) {
        return new Usage(
                inputTokens - part.inputTokens,
                cachedInputTokens - part.cachedInputTokens,
                outputTokens - part.outputTokens,
                reasoningTokens - part.reasoningTokens,
                micros - part.micros,
                estimated);
    }

    /** The same, with a price that is higher by so many millionths of a US dollar. */
    public Usage costingMore(long more) {
        return new Usage(inputTokens, cachedInputTokens, outputTokens, reasoningTokens, micros + more, estimated);
    }
}
