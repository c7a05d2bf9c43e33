package dev.weir.pipeline;

import java.util.Locale;

/** Where a value comes from; a later one goes before an earlier one. */
public enum Origin {
    /** What the interceptor itself says. */
    DEFAULT,
    /** MicroProfile Config: {@code weir.interceptors.NAME.…}. */
    CONFIGURATION,
    INSTALLATION,
    ORGANISATION,
    ROOM;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Origin of(Scope.Kind kind) {
        return valueOf(kind.name());
    }
}
