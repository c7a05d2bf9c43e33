package dev.weir.admin;

import dev.weir.identity.Role;
import dev.weir.identity.User;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Roles as people read them. */
final class Roles {

    private Roles() {}

    static String words(User user) {
        return user.roles().stream().sorted().map(Roles::word).collect(Collectors.joining(", "));
    }

    private static String word(Role role) {
        return switch (role) {
            case USER -> "user";
            case AUDITOR -> "auditor";
            case MANAGER -> "manager";
            case ADMIN -> "administrator";
        };
    }

    static Set<Role> of(Collection<String> words) {
        return words.stream().map(Role::of).collect(Collectors.toUnmodifiableSet());
    }

    static List<String> of(User user) {
        return user.roles().stream().sorted().map(Role::word).toList();
    }
}
