package dev.weir.budget;

import dev.weir.event.Usage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a budget counts. */
public enum Unit {
    /** Input and output together. */
    TOKENS,
    INPUT_TOKENS,
    OUTPUT_TOKENS,
    /** Millionths of a US dollar. */
    USD,
    /** Answers that were asked for; each counts from its beginning. */
    REQUESTS,
    /** Answers that are being written; they count while they are. */
    CONCURRENT_TURNS;

    /** The word on the wire: {@code output-tokens}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Unit> of(String word) {
        return Arrays.stream(values()).filter(it -> it.word().equals(word)).findFirst();
    }

    /** What an answer of so many tokens takes while it is written. */
    long hold(Tariff tariff, long input, long output) {
        return switch (this) {
            case TOKENS -> input + output;
            case INPUT_TOKENS -> input;
            case OUTPUT_TOKENS -> output;
            case USD -> tariff.micros(input, 0, output);
            case REQUESTS, CONCURRENT_TURNS -> 1;
        };
    }

    /** What an answer that has ended is charged. */
    public long bill(Usage usage) {
        return switch (this) {
            case TOKENS -> usage.inputTokens() + usage.outputTokens();
            case INPUT_TOKENS -> usage.inputTokens();
            case OUTPUT_TOKENS -> usage.outputTokens();
            case USD -> usage.micros();
            case REQUESTS -> 1;
            case CONCURRENT_TURNS -> 0;
        };
    }

    /** Whether an answer needs more of it the longer it gets. */
    boolean grows() {
        return switch (this) {
            case TOKENS, OUTPUT_TOKENS, USD -> true;
            case INPUT_TOKENS, REQUESTS, CONCURRENT_TURNS -> false;
        };
    }
}
