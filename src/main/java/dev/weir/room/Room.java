package dev.weir.room;

import java.time.Instant;

/**
 * A conversation.
 *
 * @param name what its members call it; empty until it is named
 * @param model the catalogue's name of the model that answers when none is asked for; empty for the default
 * @param updatedAt when something was last said in it
 */
public record Room(String id, String name, String model, Instant createdAt, Instant updatedAt) {}
