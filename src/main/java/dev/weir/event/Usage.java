package dev.weir.event;

/**
 * What an answer used.
 *
 * @param inputTokens tokens of the prompt and its history
 * @param outputTokens tokens of the answer
 * @param micros the price, in millionths of a US dollar
 * @param estimated true when counted here, false when these are the provider's own figures
 */
public record Usage(long inputTokens, long outputTokens, long micros, boolean estimated) {}
