package dev.weir.identity;

import java.util.Set;

/**
 * A person with an account.
 *
 * @param login what they sign in with, lower case, unique in the installation
 * @param name what others see
 * @param organisation the id of their organisation
 */
public record User(String id, String login, String name, String organisation, Set<Role> roles) {
    public User {
        roles = Set.copyOf(roles);
    }
}
