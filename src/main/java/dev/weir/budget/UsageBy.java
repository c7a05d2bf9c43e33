package dev.weir.budget;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** By what usage is summed up. */
public enum UsageBy {
    /** The date on which answers ended, in their organisation's time zone: {@code 2026-02-28}. */
    DAY,
    ORGANISATION,
    USER,
    KEY,
    ROOM,
    MODEL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<UsageBy> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }
}
