package dev.weir.pipeline;

import java.util.List;

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
