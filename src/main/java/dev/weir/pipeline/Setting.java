package dev.weir.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A setting of an interceptor: {@code weir.interceptors.NAME.KEY} in the configuration, and a field in the console.
 *
 * @param key lower case, words joined by hyphens
 * @param byDefault its value when nobody sets it, as {@link BranchContext#setting} gives it
 * @param label what it does, in a few words for an administrator; with the unit
 * @param choices the values that a {@link Kind#CHOICE} can have; empty for other kinds
 */
public record Setting(String key, Kind kind, String byDefault, String label, List<String> choices) {

    public Setting {
        choices = List.copyOf(choices);
    }

    private static final int LONGEST_LINE = 2_000;
    private static final int LONGEST_LINES = 100_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    /** What is wrong with a value, by its kind, in words for an administrator; empty when it is fine. */
    Optional<String> problem(String value) {
        return switch (kind) {
            case TEXT -> lineProblem(value);
            case LINES -> value.length() <= LONGEST_LINES ? Optional.empty() : tooLong(LONGEST_LINES);
            case NUMBER ->
                NUMBER.matcher(value).matches()
                        ? Optional.empty()
                        : Optional.of("This is a whole number, not negative, of at most 18 digits.");
            case SWITCH ->
                value.equals("true") || value.equals("false")
                        ? Optional.empty()
                        : Optional.of("This is true or false.");
            case CHOICE ->
                choices.contains(value)
                        ? Optional.empty()
                        : Optional.of("This is one of: " + String.join(", ", choices) + ".");
        };
    }

    private static Optional<String> lineProblem(String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            return Optional.of("This is one line.");
        }
        return value.length() <= LONGEST_LINE ? Optional.empty() : tooLong(LONGEST_LINE);
    }

    private static Optional<String> tooLong(int most) {
        return Optional.of("This has at most %,d characters.".formatted(most));
    }

    /** What kind of value it has. */
    public enum Kind {
        /** One line. */
        TEXT,
        /** Several lines, an entry on each. */
        LINES,
        /** A whole number, not negative. */
        NUMBER,
        /** {@code true} or {@code false}. */
        SWITCH,
        /** One of some words. */
        CHOICE
    }

    public static Setting text(String key, String byDefault, String label) {
        return new Setting(key, Kind.TEXT, byDefault, label, List.of());
    }

    public static Setting lines(String key, String byDefault, String label) {
        return new Setting(key, Kind.LINES, byDefault, label, List.of());
    }

    public static Setting number(String key, long byDefault, String label) {
        return new Setting(key, Kind.NUMBER, Long.toString(byDefault), label, List.of());
    }

    public static Setting onOff(String key, boolean byDefault, String label) {
        return new Setting(key, Kind.SWITCH, Boolean.toString(byDefault), label, List.of());
    }

    public static Setting choice(String key, String byDefault, String label, String... choices) {
        return new Setting(key, Kind.CHOICE, byDefault, label, List.of(choices));
    }
}
