package dev.weir.identity;

import java.util.Optional;
import java.util.Set;

/**
 * A user to be created.
 *
 * @param login what they will sign in with, in any case; letters, digits and {@code . _ @ + -}, at most 100
 * @param name what others see; the login when empty
 * @param organisation its id; that of the caller when empty
 * @param roles at least one; {@link Role#USER} when empty
 * @param password the first password; generated when empty
 */
public record UserDraft(
        String login,
        Optional<String> name,
        Optional<String> organisation,
        Optional<Set<Role>> roles,
        Optional<String> password) {

    /** Without the password. */
    @Override
    public String toString() {
        return "UserDraft[" + login + "]";
    }
}
