package dev.weir.pipeline;

import java.util.Locale;

/** How an interceptor runs; the strictest first. */
public enum Mode {
    /** It acts. */
    ENFORCE,
    /** It decides and reports, but lets everything through. */
    REPORT,
    /** It does not run. */
    OFF;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it lets less through than the other. */
    public boolean isStricterThan(Mode other) {
        return compareTo(other) < 0;
    }

    public static Mode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
