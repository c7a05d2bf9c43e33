package dev.weir.pipeline.redact;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is done with an entity, from the mildest to the strictest. */
enum Action {
    /** Its pseudonym stands in the text, and the text that it stands for is put back. Not to be chosen by anybody. */
    RESTORE,
    /** It is not looked for. */
    OFF,
    /** A verdict is written; the text stays. */
    REPORT,
    /** Asterisks take the place of letters and digits, except of the last four. */
    MASK,
    /** A word that is the same for the same value within a room takes its place. */
    PSEUDONYM,
    /** The name of its rule in brackets takes its place. */
    LABEL,
    /** The answer ends as blocked. */
    BLOCK;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Action> of(String word) {
        return Arrays.stream(values())
                .filter(it -> it != RESTORE && it.word().equals(word.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** True when the text changes by it. */
    boolean acts() {
        return this != OFF && this != REPORT;
    }
}
