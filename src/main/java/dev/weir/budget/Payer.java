package dev.weir.budget;

/** Who an answer is for, by ids, and the model's name in the catalogue. */
public record Payer(String organisation, String user, String room, String model) {}
