package dev.weir.identity;

import java.util.Locale;

/** What a user may do beside using rooms. */
public enum Role {
    USER,
    AUDITOR,
    /** Manages the budgets of the own organisation, and sees what it uses. */
    MANAGER,
    ADMIN;

    /** The word on the wire, in the database and in the server's role checks. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
