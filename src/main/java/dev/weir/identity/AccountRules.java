package dev.weir.identity;

import dev.weir.audit.Audit;
import dev.weir.audit.Kind;
import dev.weir.audit.Where;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What logins, names and roles must be like. */
final class AccountRules {

    private static final int LONGEST_NAME = 120;
    private static final Pattern LOGIN = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,100}");

    private AccountRules() {}

    static String login(String login) {
        String checked = login.strip().toLowerCase(Locale.ROOT);
        if (!LOGIN.matcher(checked).matches()) {
            throw AccountProblem.invalid(
                    "login", "A login has 1 to 100 letters, digits, or characters of these: . _ @ + -");
        }
        return checked;
    }

    static String name(String name) {
        String checked = name.replaceAll("[\\p{Cntrl}]+", " ").strip();
        if (checked.isEmpty() || checked.length() > LONGEST_NAME) {
            throw AccountProblem.invalid("name", "A name has 1 to " + LONGEST_NAME + " characters.");
        }
        return checked;
    }

    static Set<Role> roles(Set<Role> roles) {
        if (roles.isEmpty()) {
            throw AccountProblem.invalid("roles", "A user has at least one role: user, auditor or admin.");
        }
        return roles;
    }

    static void mayRead(User caller) {
        if (!caller.is(Role.ADMIN) && !caller.is(Role.AUDITOR)) {
            throw AccountProblem.forbidden("Only administrators and auditors see the accounts.");
        }
    }

    /** Refuses, and records it, whoever is no administrator. */
    static void mayChange(Audit audit, User caller, String action, String subject) {
        if (!caller.is(Role.ADMIN)) {
            audit.record(Kind.REFUSED, caller.who(), Where.NONE, action, subject, "");
            throw AccountProblem.forbidden("Only administrators change accounts.");
        }
    }
}
