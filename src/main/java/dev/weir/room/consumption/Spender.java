package dev.weir.room.consumption;

/**
 * Somebody, or something, that uses much.
 *
 * @param key an id or a model's name
 * @param tokens used today, of both kinds, also by answers that are being written
 * @param micros likewise, in millionths of a US dollar
 * @param tokensNow in a second, lately
 * @param microsNow in a second, lately
 */
public record Spender(String key, long tokens, long micros, long tokensNow, long microsNow) {}
