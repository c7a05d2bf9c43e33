package dev.weir.identity;

/** Who belongs together: only users of one organisation can be in a room together. */
public record Organisation(String id, String name) {}
