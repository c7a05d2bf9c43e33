package dev.weir.model.demo;

import dev.weir.model.ModelSpec.Price;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The demo models there are: how each looks in the catalogue and how fast it writes. */
public enum Persona {
    QUICK("Quick (demo)", "Short answers at once, for next to nothing.", "0.15", "0.60", 8192, 15, 10),
    CAREFUL("Careful (demo)", "Thinks first, then answers at length and in order.", "3.00", "15.00", 32_768, 45, 28),
    CODER("Coder (demo)", "Answers with code: Java, Python, JavaScript, SQL, shell.", "1.00", "5.00", 16_384, 25, 14);

    private final String label;
    private final String description;
    private final String input;
    private final String output;
    private final int contextWindow;
    private final Duration pace;
    private final int pausesBeforeFirst;

    Persona(
            String label,
            String description,
            String input,
            String output,
            int contextWindow,
            int paceMillis,
            int pausesBeforeFirst) {
        this.label = label;
        this.description = description;
        this.input = input;
        this.output = output;
        this.contextWindow = contextWindow;
        this.pace = Duration.ofMillis(paceMillis);
        this.pausesBeforeFirst = pausesBeforeFirst;
    }

    /** What the configuration calls them, in order. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Persona::lowerName).toList();
    }

    public static Optional<Persona> named(String name) {
        return Arrays.stream(values())
                .filter(persona -> persona.lowerName().equals(name))
                .findFirst();
    }

    private String lowerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String label() {
        return label;
    }

    public String description() {
        return description;
    }

    public Price price() {
        return new Price(new BigDecimal(input), new BigDecimal(output));
    }

    /** In tokens. */
    public int contextWindow() {
        return contextWindow;
    }

    /** The time between two deltas, unless the configuration says otherwise. */
    public Duration pace() {
        return pace;
    }

    /** How long it thinks before the first delta, as a multiple of the pace. */
    int pausesBeforeFirst() {
        return pausesBeforeFirst;
    }
}
