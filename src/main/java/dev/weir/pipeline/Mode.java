package dev.weir.pipeline;

import java.util.Locale;

/** How an interceptor runs. */
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

    public static Mode of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
