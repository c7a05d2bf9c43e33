package dev.weir.identity;

import java.util.Optional;
import java.util.Set;

/** What is to be changed of a user; what is empty stays as it is. */
public record UserChange(
        Optional<String> name,
        Optional<String> organisation,
        Optional<Set<Role>> roles,
        Optional<String> password,
        Optional<Boolean> disabled) {

    /** Without the password. */
    @Override
    public String toString() {
        return "UserChange[name " + name + ", organisation " + organisation + ", roles " + roles + ", disabled "
                + disabled + "]";
    }
}
