package dev.weir.admin;

import org.jspecify.annotations.Nullable;

/** What was typed into a field. */
final class Typed {

    private Typed() {}

    /** Without the white space around it; empty when nothing was. */
    static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
