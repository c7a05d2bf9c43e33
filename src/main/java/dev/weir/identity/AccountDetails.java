package dev.weir.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Accounts and keys as the audit describes them: never a secret. */
final class AccountDetails {

    private AccountDetails() {}

    static String of(User user) {
        return "login %s, name %s, organisation %s, roles %s%s"
                .formatted(
                        user.login(),
                        user.name(),
                        user.organisation(),
                        roles(user),
                        user.disabled() ? ", disabled" : "");
    }

    /** What has changed. */
    static String of(User before, User after, boolean password) {
        List<String> changes = new ArrayList<>();
        changed(changes, "name", before.name(), after.name());
        changed(changes, "organisation", before.organisation(), after.organisation());
        changed(changes, "roles", roles(before), roles(after));
        changed(changes, "disabled", Boolean.toString(before.disabled()), Boolean.toString(after.disabled()));
        if (password) {
            changes.add("another password");
        }
        return changes.isEmpty() ? "nothing" : String.join("; ", changes);
    }

    private static void changed(List<String> changes, String what, String before, String after) {
        if (!before.equals(after)) {
            changes.add(what + " from " + before + " to " + after);
        }
    }

    private static String roles(User user) {
        return user.roles().stream().sorted().map(Role::word).collect(Collectors.joining(" "));
    }

    static String of(ApiKey key) {
        return "name %s, of user %s, begins with %s, expires %s, models %s"
                .formatted(
                        key.name(),
                        key.owner(),
                        key.start(),
                        key.expiresAt().map(Object::toString).orElse("never"),
                        key.models().isEmpty()
                                ? "all"
                                : String.join(
                                        " ", key.models().stream().sorted().toList()));
    }
}
